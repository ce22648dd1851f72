//! One digest over what is released of the sample home, so that no change of output goes unseen.

use homeveil::formats::{write_map_server, write_valetudo};
use homeveil::home::Footprint;
use homeveil::{Coins, Grant, Odds, Policy, anonymize, synth};
use sha2::{Digest, Sha256};

/// Whoever changes this changes every release: it belongs in the changelog, in bold.
const DIGEST: &str = "b555cdcc6aed8c7428d6726e0275966b70dd0f268088a1103a6ec181768c74ca";

#[test]
fn releases_of_the_sample_home_have_these_bytes() {
    let home = synth::sample_home().into_builder(Footprint::disc_m(0.17).unwrap()).build().unwrap();
    let mut hash = Sha256::new();
    for (zones, lambda) in (2..=6).flat_map(|zones| [1, 2, 64].map(|lambda| (zones, lambda))) {
        let odds = Odds::new(lambda, 1).unwrap();
        let policy = Policy::builder().zones(zones).odds(odds).odds_cap(odds).build().unwrap();
        let redaction = policy.redaction().keep_unlabelled();
        for seed in 1..=3 {
            let mut coins = Coins::replayed(seed);
            let (release, _) =
                anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut coins).unwrap();
            let floor = &release.floors()[0];
            let map_server = write_map_server(floor, "release.pgm");
            hash.update(release.to_json());
            hash.update(map_server.yaml);
            hash.update(map_server.pgm);
            hash.update(write_valetudo(floor));
        }
    }
    let digest: Vec<String> = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digest.concat(), DIGEST);
}
