use proptest::prelude::*;
use proptest::sample::subsequence;

use super::{OptIn, Policy, PolicyBuilder};
use crate::Odds;
use crate::home::RoomKind;

/// The default's, one for all, or any.
fn times() -> impl Strategy<Value = [u32; 4]> {
    let seconds = || prop_oneof![Just(3600), 1..=86_400_u32];
    prop_oneof![
        Just([600, 1800, 2700, 7200]),
        seconds().prop_map(|seconds| [seconds; 4]),
        [seconds(), seconds(), seconds(), seconds()],
    ]
}

fn policies() -> impl Strategy<Value = Policy> {
    let kinds = subsequence(&RoomKind::ALL[..], 0..=RoomKind::ALL.len());
    let opt_ins = subsequence(&OptIn::ALL[..], 0..=OptIn::ALL.len());
    let numbers = (2..=6_u8, 1..=200_u32, 1..=20_u32, 0..=64_u32, 1..=3_u8, times());
    (numbers, kinds, opt_ins).prop_map(|((zones, p, q, areas, floors, times), kinds, opt_ins)| {
        let odds = Odds::new(p.max(q), q).unwrap();
        let policy = Policy::builder().zones(zones).odds(odds).odds_cap(Odds::whole(1 << 24)).areas(areas);
        let policy = policy.redacted_kinds(kinds).floors(floors);
        let policy = policy.spot_s(times[0]).area_s(times[1]).zone_s(times[2]).all_s(times[3]);
        opt_ins.into_iter().fold(policy, PolicyBuilder::opt_in).build().unwrap()
    })
}

proptest! {
    #[test]
    fn json_brings_the_same_policy_back(policy in policies()) {
        let json = serde_json::to_string(&policy).unwrap();
        let back: Policy = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&back, &policy);
        prop_assert_eq!(back.digest(), policy.digest());
        prop_assert_eq!(serde_json::to_string(&back).unwrap(), json);
    }
}

#[test]
fn what_the_builder_refuses_json_refuses_with_the_same_words() {
    let json = serde_json::to_string(&Policy::builder().odds(Odds::whole(2)).build().unwrap()).unwrap();
    for (from, to, words) in [
        ("\"zones\":4", "\"zones\":7", "a policy must have 2 to 6 zones"),
        ("\"areas\":16", "\"areas\":65", "at most 64 areas"),
        ("\"floors\":1", "\"floors\":0", "1 to 8 floors"),
        ("2700", "0", "after 1 to 86400 seconds"),
        ("{\"spot\":600,\"area\":1800,\"zone\":2700,\"all\":7200}", "86401", "after 1 to 86400 seconds"),
        (
            "\"all\":7200}",
            "\"every\":7200}",
            "done_after_s must be whole numbers of seconds {spot, area, zone, all}",
        ),
        ("\"spot\":600", "\"spot\":2.5", "done_after_s must be whole numbers of seconds"),
        ("[16,1]", "[3,2]", "the cap on all releases together"),
        ("[2,1]", "[1,2]", "odds must be a fraction p/q"),
        ("[2,1]", "2.0", "invalid type"),
        ("\"bedroom\"", "\"boudoir\"", "unknown variant `boudoir`"),
        ("\"opt_ins\":[]", "\"opt_ins\":[\"address\"]", "unknown variant `address`"),
        ("\"areas\":16,", "", "missing field `areas`"),
        ("{", "{\"home\":1,", "unknown field `home`"),
    ] {
        assert!(json.contains(from), "{from}");
        let error = serde_json::from_str::<Policy>(&json.replacen(from, to, 1)).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
    assert!(RoomKind::ALL.iter().all(|kind| serde_json::to_value(kind).unwrap() == kind.name()));
}

/// The digests that these policies had when there was one time for everything.
#[test]
fn a_policy_of_before_there_were_kinds_of_commands_keeps_its_digest() {
    // λ = 2 was the default then.
    let noisy = Policy::builder().odds(Odds::whole(2)).build().unwrap();
    let json = |seconds: u32| {
        let json = serde_json::to_string(&noisy).unwrap();
        let each = "{\"spot\":600,\"area\":1800,\"zone\":2700,\"all\":7200}";
        serde_json::from_str::<Policy>(&json.replace(each, &seconds.to_string())).unwrap()
    };
    assert_eq!(json(3600), noisy);
    for (seconds, digest) in [
        (3600, "bea98fccdf75438e4877f24539618b566e1b47304eb4a08fc9b643ad54669faf"),
        (60, "de1c430fa99811e176d365aa2412828ff9bdd22917c946a3aeefc4f72bf5345e"),
    ] {
        assert_eq!(json(seconds).digest(), digest);
    }
    assert_eq!(json(60), Policy::builder().odds(Odds::whole(2)).done_after_s(60).build().unwrap());
    // No two policies share one.
    let build = |policy: PolicyBuilder| policy.build().unwrap().digest();
    let all = [
        build(Policy::builder()),
        build(Policy::builder().done_after_s(3600)),
        build(Policy::builder().done_after_s(60)),
        build(Policy::builder().done_after_s(60).zone_s(61)),
        build(Policy::builder().spot_s(601)),
    ];
    assert!((1..all.len()).all(|n| !all[..n].contains(&all[n])));
}
