//! What comes from outside or from storage: releases, keys, states; cut, changed, made up.

use homeveil::home::Home;
use homeveil::keeper::{Keeper, KeeperError, MemoryStore, Slot, Store};
use homeveil::release::ReleaseError;
use homeveil::{BlobError, Coins, HouseKey, Redaction, Release};

use super::{Input, Row, robot};
use crate::blobs::of_version;
use crate::props::{drawn, noisy};

fn home() -> Home {
    let drawing = ["aaaaaaaaaa#bbbbbbbbbb"; 3].join("\n") + "\n" + &["aaaaaaaaaabbbbbbbbbbb"; 7].join("\n");
    Home::from_drawing(0.0739, robot(), &drawing, &[]).unwrap().build().unwrap()
}

fn release_and_key() -> (String, Vec<u8>) {
    let (release, key) = drawn(&home(), &Redaction::none(), &noisy(), Coins::replayed(1));
    (release.to_json(), key.to_secret_bytes().to_vec())
}

fn state() -> Vec<u8> {
    let mut keeper = Keeper::open_with(MemoryStore::default(), noisy(), Coins::replayed(1)).unwrap();
    keeper.consent(super::consent()).unwrap();
    keeper.on_map(&home(), &Redaction::none(), super::PURPOSE, super::NOW).unwrap();
    keeper.into_store().load(Slot::State).unwrap().unwrap()
}

/// The release with the list of its grid's runs put in place of the one it has.
fn with_grid(json: &str, runs: &str) -> Vec<u8> {
    let start = json.find("\"grid\":[").unwrap() + 8;
    let end = start + json[start..].find(']').unwrap();
    format!("{}{runs}{}", &json[..start], &json[end..]).into_bytes()
}

/// The release with doors between these zones, all in the place of its first one.
fn with_doors(json: &str, zones: &[[u8; 2]]) -> Vec<u8> {
    let start = json.find("\"doors\":[").unwrap() + 8;
    let end = start + json[start..].find("\"dock\"").unwrap();
    let rect = &json[start..end];
    let rect = &rect[rect.find("\"rect\"").unwrap()..=rect.find("}}").unwrap() + 1];
    let doors: Vec<String> = zones.iter().map(|[a, b]| format!("{{\"zones\":[{a},{b}],{rect}")).collect();
    format!("{}[{}],{}", &json[..start], doors.join(","), &json[end..]).into_bytes()
}

fn changed(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at] ^= 0x20;
    bytes
}

/// Doors as no plan has them.
fn rows_of_doors(json: &str) -> [Row; 2] {
    let row = |name: &str, zones: &[[u8; 2]]| {
        Row::bad(name, Input::Release(with_doors(json, zones)), ReleaseError::Drawing)
    };
    [
        row("doors in a ring", &[[1, 2], [2, 3], [1, 3]]),
        row("a door from a zone to itself", &[[1, 1], [2, 2], [3, 3]]),
    ]
}

pub(super) fn rows() -> Vec<Row> {
    let (json, key) = release_and_key();
    let state = state();
    let grid =
        |name: &str, runs: &str| Row::bad(name, Input::Release(with_grid(&json, runs)), ReleaseError::Grid);
    let text = |name: &str, text: String, error: ReleaseError| {
        Row::bad(name, Input::Release(text.into_bytes()), error)
    };
    let swapped = |from: &str, to: &str| {
        assert!(json.contains(from), "{from}");
        json.replacen(from, to, 1)
    };
    let key_row = |name: &str, bytes: Vec<u8>, error: BlobError| Row::bad(name, Input::Key(bytes), error);
    let state_row =
        |name: &str, bytes: Vec<u8>, error| Row::bad(name, Input::State(bytes), KeeperError::State(error));
    let mut rows = vec![
        Row::good("a release", Input::Release(json.clone().into_bytes())),
        grid("a grid of no run", ""),
        grid("a grid a cell short", "0,36863"),
        grid("a grid a cell long", "0,36865"),
        grid("a run that overflows", "0,2147483647,0,2147483647,0,2147483647"),
        grid("a run back", "0,36865,0,-1"),
        grid("half a run", "0,36864,0"),
        grid("runs of nothing that never end", &["0,0"; 100_003].join(",")),
        grid("a value that there is not", "7,36864"),
        Row::bad("another grid", Input::Release(with_grid(&json, "0,36864")), ReleaseError::Drawing),
        Row::bad(
            "runs of nothing between",
            Input::Release(with_grid(&json, "0,0,100,0,0,36864,-1,0")),
            ReleaseError::Drawing,
        ),
        text(
            "runs beyond numbers",
            String::from_utf8(with_grid(&json, "0,4294967311")).unwrap(),
            ReleaseError::Json,
        ),
        text("depth", format!("{{\"format\":{}", "[".repeat(100_003)), ReleaseError::Json),
        text(
            "depth in the grid",
            String::from_utf8(with_grid(&json, &"[".repeat(10_007))).unwrap(),
            ReleaseError::Json,
        ),
        text("a file too large", " ".repeat((1 << 20) + 1), ReleaseError::TooLong),
        text(
            "floors that never end",
            {
                let start = json.find("\"floors\":[").unwrap() + 10;
                let end = json.find("],\"areas\"").unwrap();
                format!("{}{}{}", &json[..start], [&json[start..end]; 11].join(","), &json[end..])
            },
            ReleaseError::Floors,
        ),
        text("a zone outside", swapped("\"rect\":{\"x\":", "\"rect\":{\"x\":997"), ReleaseError::Geometry),
        text(
            "a zone that overflows",
            swapped("\"width\":192,\"height\"", "\"width\":4294967291,\"height\""),
            ReleaseError::Frame,
        ),
        text("a field more", swapped("{\"format\"", "{\"home\":997,\"format\""), ReleaseError::Json),
        Row::bad(
            "no floor",
            Input::Release({
                let start = json.find("\"floors\":[").unwrap() + 10;
                let end = json.find("],\"areas\"").unwrap();
                format!("{}{}", &json[..start], &json[end..]).into_bytes()
            }),
            ReleaseError::Floors,
        ),
        Row::bad(
            "zones beyond",
            Input::Release(swapped("\"zones\":4,", "\"zones\":251,").into_bytes()),
            ReleaseError::Zones,
        ),
        Row::bad(
            "more areas than there may be",
            Input::Release(swapped("\"areas\":16", "\"areas\":4294967291").into_bytes()),
            ReleaseError::Terms,
        ),
        Row::good("a key", Input::Key(key.clone())),
        key_row("no bytes", Vec::new(), BlobError::Length),
        key_row("half a key", key[..key.len() / 2].to_vec(), BlobError::Length),
        key_row("a byte less", key[..key.len() - 1].to_vec(), BlobError::Length),
        key_row("a key twice", [key.as_slice(), &key].concat(), BlobError::Length),
        key_row("zeros", vec![0; 1 << 16], BlobError::Magic),
        key_row("other letters", changed(&key, 0), BlobError::Magic),
        key_row("another version", of_version(&key, 200), BlobError::Version),
        key_row("a damaged version", changed(&key, 8), BlobError::Checksum),
        key_row("another width", changed(&key, 17), BlobError::Checksum),
        key_row("a byte in the padding", changed(&key, (1 << 16) - 41), BlobError::Checksum),
        key_row("another sum", changed(&key, (1 << 16) - 1), BlobError::Checksum),
        Row::good("a state", Input::State(state.clone())),
        state_row("a state of no bytes", Vec::new(), BlobError::Length),
        state_row("half a state", state[..state.len() / 2].to_vec(), BlobError::Length),
        state_row("a state of another version", of_version(&state, 200), BlobError::Version),
        state_row("a state of another length", changed(&state, 12), BlobError::Checksum),
        state_row("a state of other odds", changed(&state, 85), BlobError::Checksum),
        state_row("a state of zeros", vec![0; 8192], BlobError::Magic),
        state_row("a key for a state", key, BlobError::Magic),
    ];
    rows.extend(rows_of_doors(&json));
    rows
}

/// A release's text cut short anywhere, or with any byte of its head changed, is refused.
#[test]
fn releases_cut_short_anywhere_are_refused() {
    let (json, _) = release_and_key();
    for end in (0..json.len()).filter(|end| *end < 500 || end % 97 == 0 || end + 500 > json.len()) {
        assert_eq!(Release::from_json(&json.as_bytes()[..end]), Err(ReleaseError::Json), "{end}");
    }
}

/// Keys and states cut short anywhere are refused.
#[test]
fn keys_and_states_cut_short_anywhere_are_refused() {
    let (_, key) = release_and_key();
    for end in (0..key.len()).step_by(499) {
        assert_eq!(HouseKey::from_secret_bytes(&key[..end]).err(), Some(BlobError::Length), "{end}");
    }
    let state = state();
    for end in (0..state.len()).step_by(101) {
        let mut store = MemoryStore::default();
        store.save(Slot::State, &state[..end]).unwrap();
        let opened = Keeper::open_with(store, noisy(), Coins::replayed(1));
        assert_eq!(opened.err(), Some(KeeperError::State(BlobError::Length)), "{end}");
    }
}
