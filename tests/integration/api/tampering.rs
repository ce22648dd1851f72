//! A release changed in any one field is refused.

use homeveil::release::ReleaseError;
use homeveil::{Coins, Policy, Redaction, Release};
use serde_json::{Map, Value};

use super::json::home;
use crate::props::{drawn, noisy, policy};

/// Claims that nothing in a release can prove or disprove. Each is named here, so that a new field is refused
/// until it is thought about.
const CLAIMS: [&str; 3] = ["/certificate/grant", "/certificate/coins", "/certificate/crate_version"];

/// Claims that only the policy can disprove.
const BY_POLICY: [&str; 2] = ["/areas", "/certificate/policy_digest"];

/// Pointers to every value that holds no other.
fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| leaves(value, &format!("{at}/{name}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, value)| leaves(value, &format!("{at}/{n}"), found));
        }
        _ => found.push(at.to_owned()),
    }
}

/// Pointers to every list and object.
fn nodes(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| nodes(value, &format!("{at}/{name}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, value)| nodes(value, &format!("{at}/{n}"), found));
        }
        _ => return,
    }
    found.push(at.to_owned());
}

/// What a value could be changed to.
fn changes(value: &Value) -> Vec<Value> {
    match value {
        Value::Number(number) => number.as_i64().map_or_else(
            || vec![(number.as_f64().unwrap() * 1.5).into(), (number.as_f64().unwrap() + 1e-9).into()],
            |whole| vec![(whole + 1).into(), (whole - 1).into(), (2 * whole + 7).into(), Value::Null],
        ),
        Value::String(text) => {
            let mut other = text.clone();
            let last = other.pop();
            other.push(if last == Some('0') { '1' } else { '0' });
            vec![other.into(), format!("{text}0").into(), "".into(), 0.into()]
        }
        _ => Vec::new(),
    }
}

fn policies() -> [Policy; 4] {
    [noisy(), Policy::sealed(), policy(4, 16, 1), policy(3, 5, 2)]
}

fn accepted(json: &Value, policy: Option<&Policy>) -> bool {
    let Ok(release) = Release::from_json(json.to_string().as_bytes()) else { return false };
    policy.map_or_else(|| release.verify(), |policy| release.verify_under(policy)).is_ok()
}

#[test]
fn every_changed_value_is_refused() {
    for policy in policies() {
        let (release, _) = drawn(&home(), &Redaction::none(), &policy, Coins::replayed(3));
        let json: Value = serde_json::from_str(&release.to_json()).unwrap();
        assert!(accepted(&json, Some(&policy)));
        let mut all = Vec::new();
        leaves(&json, "", &mut all);
        assert!(all.len() > 60);
        for pointer in all.iter().filter(|pointer| !CLAIMS.contains(&pointer.as_str())) {
            let held = json.pointer(pointer).unwrap();
            for change in changes(held).into_iter().filter(|change| change != held) {
                let mut other = json.clone();
                *other.pointer_mut(pointer).unwrap() = change.clone();
                let by = BY_POLICY.contains(&pointer.as_str()).then_some(&policy);
                assert!(!accepted(&other, by), "{pointer} may be {change}");
            }
        }
        for pointer in CLAIMS.iter().chain(&BY_POLICY) {
            assert!(all.iter().any(|other| other == pointer), "{pointer} is no field");
        }
    }
}

/// Terms that agree with one another, and that no policy writes: a mark on a release.
#[test]
fn odds_of_one_are_written_in_one_way() {
    let (release, _) = drawn(&home(), &Redaction::none(), &Policy::sealed(), Coins::replayed(3));
    let mut json: Value = serde_json::from_str(&release.to_json()).unwrap();
    assert!(accepted(&json, None));
    for field in ["odds", "odds_spent"] {
        json["certificate"][field] = vec![7, 7].into();
    }
    assert!(!accepted(&json, None));
}

/// Whoever shows a certificate before verifying it shows numbers.
#[test]
fn an_unverified_certificate_prints_numbers() {
    let (release, _) = drawn(&home(), &Redaction::none(), &noisy(), Coins::replayed(3));
    let json: Value = serde_json::from_str(&release.to_json()).unwrap();
    for (field, value) in [("blind", [0, 0]), ("blind", [1, 0]), ("blind", [7, 1])] {
        let mut other = json.clone();
        other["certificate"][field] = value.to_vec().into();
        let certificate = Release::from_json(other.to_string().as_bytes()).unwrap().certificate().clone();
        let [own, stated] = [&certificate, release.certificate()].map(|of| of.blind_probability().to_bits());
        assert_eq!(own, stated, "{value:?}");
        assert_eq!(certificate.to_string(), release.certificate().to_string());
    }
    let mut other = json;
    other["certificate"]["plans"] = 0.into();
    other["certificate"]["blind"] = vec![0, 0].into();
    let certificate = Release::from_json(other.to_string().as_bytes()).unwrap().certificate().clone();
    assert!(certificate.blind_probability() == 0.0 && !certificate.to_string().contains("NaN"));
}

#[test]
fn a_field_more_or_less_is_refused() {
    let (release, _) = drawn(&home(), &Redaction::none(), &noisy(), Coins::replayed(3));
    let json: Value = serde_json::from_str(&release.to_json()).unwrap();
    let mut all = Vec::new();
    nodes(&json, "", &mut all);
    for pointer in &all {
        let node = json.pointer(pointer).unwrap();
        let mut others: Vec<Value> = Vec::new();
        match node {
            Value::Object(fields) => {
                others.extend(fields.keys().map(|name| {
                    let rest: Map<_, _> = fields
                        .iter()
                        .filter(|(other, _)| *other != name)
                        .map(|(n, v)| (n.clone(), v.clone()))
                        .collect();
                    rest.into()
                }));
                let mut more = fields.clone();
                more.insert("home".to_owned(), 1.into());
                others.push(more.into());
            }
            Value::Array(items) => {
                others.push(items[1..].into());
                others.push(items.iter().chain(&items[..1]).cloned().collect());
                others.push(items.iter().rev().cloned().collect());
                others.push(Vec::<Value>::new().into());
            }
            _ => unreachable!("nodes are lists and objects"),
        }
        for other in others.into_iter().filter(|other| other != node) {
            let mut changed = json.clone();
            *changed.pointer_mut(pointer).unwrap() = other;
            assert!(!accepted(&changed, Some(&noisy())), "{pointer}");
        }
    }
}

/// A plan of the atlas that is not of the codebook, drawn as it must be, gives itself away: the codebook
/// bounds what a release can tell.
#[test]
fn a_plan_from_outside_the_codebook_is_refused() {
    let own = drawn(&home(), &Redaction::none(), &noisy(), Coins::scripted(vec![0])).0;
    let book = noisy().codebook();
    let louder = policy(4, 64, 1);
    let other = (0..louder.codebook().plans().len())
        .map(|r| drawn(&home(), &Redaction::none(), &louder, Coins::scripted(vec![r.try_into().unwrap()])).0)
        .find(|release| book.plans().iter().all(|plan| plan.id().get() != release.floors()[0].plan()))
        .unwrap();
    let mut json: Value = serde_json::from_str(&own.to_json()).unwrap();
    let foreign: Value = serde_json::from_str(&other.to_json()).unwrap();
    json["floors"] = foreign["floors"].clone();
    let mixed = Release::from_json(json.to_string().as_bytes()).unwrap();
    assert_eq!(mixed.verify(), Err(ReleaseError::NotInCodebook));
    // Two plans of the codebook with their floors exchanged are two releases.
    let sibling = drawn(&home(), &Redaction::none(), &noisy(), Coins::scripted(vec![1])).0;
    let sibling: Value = serde_json::from_str(&sibling.to_json()).unwrap();
    json["floors"] = sibling["floors"].clone();
    assert!(accepted(&json, Some(&noisy())));
    json["floors"][0]["plan"] =
        serde_json::from_str::<Value>(&own.to_json()).unwrap()["floors"][0]["plan"].clone();
    let mixed = Release::from_json(json.to_string().as_bytes()).unwrap();
    assert_eq!(mixed.verify(), Err(ReleaseError::Drawing));
}

#[test]
fn a_release_of_another_policy_is_refused_under_this_one() {
    let all = policies();
    for (number, policy) in all.iter().enumerate() {
        let (release, _) = drawn(&home(), &Redaction::none(), policy, Coins::replayed(3));
        for (other, terms) in all.iter().enumerate() {
            assert_eq!(release.verify_under(terms).is_ok(), number == other);
        }
    }
}

/// What nobody accounts for cannot claim to have spent more than its own odds, nor write them in other terms; what a
/// keeper accounts for may, up to the policy's cap.
#[test]
fn odds_spent_fit_who_accounts_for_them() {
    let policy = noisy();
    let (release, _) = drawn(&home(), &Redaction::none(), &policy, Coins::replayed(3));
    let claimed = |grant: &str, spent: [u32; 2], under: Option<&Policy>| {
        let mut json: Value = serde_json::from_str(&release.to_json()).unwrap();
        json["certificate"]["grant"] = grant.into();
        json["certificate"]["odds_spent"] = spent.to_vec().into();
        accepted(&json, under)
    };
    assert!(claimed("unaccounted", [2, 1], None));
    assert!(!claimed("unaccounted", [4, 1], None));
    assert!(!claimed("unaccounted", [4, 2], None));
    assert!(claimed("keeper", [4, 1], None) && claimed("keeper", [16, 1], Some(&policy)));
    assert!(!claimed("keeper", [32, 1], Some(&policy)));
    assert!(!claimed("keeper", [1, 1], None) && !claimed("keeper", [8, 2], None));
}
