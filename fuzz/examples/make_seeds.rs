//! Writes the seeds of the fuzz targets: small files of each format, all made up.
//!
//! `cargo run --example make_seeds` in this folder writes `seeds/`; its files are committed.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use base64::Engine as _;
use homeveil::formats::write_valetudo;
use homeveil::home::{Footprint, Home, RoomKind};
use homeveil::keeper::{ConsentRecord, Keeper, MemoryStore, Purpose, Slot, Store, UnixTime};
use homeveil::{Coins, Grant, Odds, Policy, Redaction, anonymize};

const FLAT: &str = "
##############
#aaaaaabbbbbb#
#aAaaaabbbbbb#
#aaaaaabbbbbb#
#aaaa  bbbbbb#
#cccccc#ddddd#
#ccccccddddd.#
#cccccc#ddddd#
##############
";

const VALETUDO: [(&str, &str); 4] = [
    (
        "version_2",
        r#"{"metaData":{"version":2},"pixelSize":5,"layers":[{"type":"floor","metaData":{},"compressedPixels":[10,10,9,10,11,9]},{"type":"segment","metaData":{"segmentId":"7","name":"Bad"},"compressedPixels":[10,12,9,10,13,9,10,14,9]},{"type":"segment","metaData":{"segmentId":8,"name":"Kitchen"},"compressedPixels":[10,15,9,10,16,9]},{"type":"wall","metaData":{},"compressedPixels":[9,9,12,9,17,12]}],"entities":[{"type":"charger_location","points":[55,55]},{"type":"no_go_area","points":[50,60,60,60,60,70]},{"type":"virtual_wall","points":[50,80,90,80]},{"type":"path","points":[1,2,3,4]}]}"#,
    ),
    (
        "version_1",
        r#"{"metaData":{"version":1},"pixelSize":2.5,"layers":[{"type":"segment","metaData":{"segmentId":1},"pixels":[1,1,2,1,3,1,1,2,2,2,3,2]},{"type":"wall","pixels":[0,0,1,0]}],"entities":[]}"#,
    ),
    (
        "numbers",
        r#"{"metaData":{"version":2},"pixelSize":50,"layers":[{"type":"wall","compressedPixels":[65535,65535,1]},{"type":"floor","compressedPixels":[65530,65530,6]}],"entities":[{"type":"no_go_area","points":[-1e7,1e-7,1.5e3,0,0.0,-0]}]}"#,
    ),
    (
        "odd",
        r#"{"metaData":null,"pixelSize":null,"layers":[{"type":"\u0066loor","name":"\ud83d\ude00"},[]],"x":[[[{}]]],"entities":true}"#,
    ),
];

const YAML: [(&str, &str); 3] = [
    (
        "usual",
        "image: home.pgm\nresolution: 0.05\norigin: [-1.0, -2.0, 0.0]\nnegate: 0\noccupied_thresh: 0.65\nfree_thresh: 0.196\n",
    ),
    (
        "flow",
        "{image: 'a b.png', resolution: 5e-2, origin: [0, 0, .1], negate: no, occupied_thresh: 1, free_thresh: 0.25, mode: scale, x: &x [1, {a: b}], y: *x}\n",
    ),
    (
        "odd",
        "%YAML 1.2\n---\n# text\n? image\n: \"\\x61\"\nresolution: !!float 0.5\norigin:\n- 0\n- 0\n- 0\nnegate: true\noccupied_thresh: 0.5\nfree_thresh: 0.5\nmode: raw\ntext: |\n  a\n  b\nmore: >-\n  c\n...\n---\nsecond: 1\n",
    ),
];

/// A Valetudo map of some layers, each by its type, the name of its segment and its runs.
fn valetudo(layers: &[(&str, &str, Vec<[u32; 3]>)]) -> String {
    let layer = |(number, (kind, name, runs)): (usize, &(&str, &str, Vec<[u32; 3]>))| {
        let data = if name.is_empty() {
            "{}".to_owned()
        } else {
            format!(r#"{{"segmentId":"{number}","name":"{name}"}}"#)
        };
        format!(r#"{{"type":"{kind}","metaData":{data},"compressedPixels":{:?}}}"#, runs.as_flattened())
    };
    let layers: Vec<String> = layers.iter().enumerate().map(layer).collect();
    format!(r#"{{"metaData":{{"version":2}},"pixelSize":5,"layers":[{}],"entities":[]}}"#, layers.join(","))
}

/// Maps that took long once, for their size.
fn slow_maps() -> [(&'static str, String); 5] {
    let rows = |rows: std::ops::Range<u32>| rows.map(|y| [0, y, 100]).collect::<Vec<_>>();
    // A floor without a label, one cell wide, there and back next to a room.
    let gap = (10..90).step_by(2).map(|y| [0, y, 100]);
    let turns = (11..90).step_by(2).map(|y| [if y % 4 == 1 { 0 } else { 99 }, y, 1]);
    let ring = |side: u32, x: u32| (1..side - 1).map(move |y| [x, y, 1]);
    let islands = (3..97).step_by(3).flat_map(|y| (3..97).step_by(3).map(move |x| [x, y, 1]));
    let frame = [[0, 0, 100], [0, 99, 100]].into_iter().chain(ring(100, 0)).chain(ring(100, 99));
    let hub = (0..40).map(|n| (1..6).map(|y| [6 * n + 1, y, 5]).collect::<Vec<_>>());
    let hub = std::iter::once(("segment", "Toilet", vec![[0, 6, 241]]))
        .chain(hub.map(|runs| ("segment", "Kitchen", runs)));
    let nested = (0..30).step_by(2).map(|n| {
        let (low, high) = (n, 99 - n);
        let sides = (low + 1..high).flat_map(|y| [[low, y, 1], [high, y, 1]]);
        (
            "segment",
            "Kitchen",
            [[low, low, high - low + 1], [low, high, high - low + 1]].into_iter().chain(sides).collect(),
        )
    });
    let stripes =
        |first: u32| (0..60).flat_map(move |y| (first..60).step_by(2).map(move |x| [x, y, 1])).collect();
    [
        ("gaps", valetudo(&[("segment", "Kitchen", rows(0..9)), ("floor", "", gap.chain(turns).collect())])),
        ("islands", valetudo(&[("segment", "Kitchen", frame.chain(islands).collect())])),
        ("hub", valetudo(&hub.collect::<Vec<_>>())),
        ("nested", valetudo(&nested.collect::<Vec<_>>())),
        ("stripes", valetudo(&[("segment", "Kitchen", stripes(0)), ("segment", "Hall", stripes(1))])),
    ]
}

fn write(target: &str, name: &str, bytes: &[u8]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target);
    fs::create_dir_all(&folder).expect("the folder of the seeds can be made");
    fs::write(folder.join(name), bytes).expect("seeds can be written");
}

/// A PNG with its signature left out, as the target puts it back.
fn png(color: png::ColorType, depth: png::BitDepth, row: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 8, 6);
    encoder.set_color(color);
    encoder.set_depth(depth);
    if color == png::ColorType::Indexed {
        encoder.set_palette(vec![0, 0, 0, 205, 205, 205, 254, 254, 254, 9, 9, 9]);
    }
    let data: Vec<u8> = (0..6 * row).map(|n| [254, 254, 0, 205][n % 7 % 4]).collect();
    let mut writer = encoder.write_header().expect("a header of a small picture");
    writer.write_image_data(&data).expect("as many bytes as pixels need");
    writer.finish().expect("memory does not fail");
    bytes.split_off(8)
}

/// A map in every wrapping.
fn write_map_files() {
    let (_, json) = VALETUDO[0];
    let (mut gzip, mut zlib) = (Vec::new(), Vec::new());
    let mut packed = flate2::read::GzEncoder::new(json.as_bytes(), flate2::Compression::best());
    packed.read_to_end(&mut gzip).expect("memory does not fail");
    let mut packed = flate2::read::ZlibEncoder::new(json.as_bytes(), flate2::Compression::best());
    packed.read_to_end(&mut zlib).expect("memory does not fail");
    let text = base64::engine::general_purpose::STANDARD.encode(&zlib);
    let utf16: Vec<u8> =
        "\u{feff}".encode_utf16().chain(json.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let length = u32::try_from(zlib.len() + 13).expect("a small map").to_be_bytes();
    let picture = [
        b"\x89PNG\r\n\x1a\n",
        &length[..],
        b"zTXtValetudoMap\0\0",
        &zlib,
        &[0; 4],
        b"\0\0\0\0IEND\xae\x42\x60\x82",
    ]
    .concat();
    for (name, bytes) in [
        ("plain", json.as_bytes()),
        ("gzip", &gzip),
        ("message", &zlib),
        ("text", text.as_bytes()),
        ("utf16", &utf16),
        ("picture", &picture),
        ("pgm", b"P5 4 3 255\n\0\0\0\0\xfe\xfe\xcd\0\0\0\0\0"),
        ("roborock", b"rr\x14\0\x40\x9c\0\0\x01\0\0\0"),
    ] {
        write("map_file", name, bytes);
    }
}

fn main() {
    for (name, json) in VALETUDO {
        write("valetudo", name, json.as_bytes());
    }
    write_map_files();
    for (name, json) in slow_maps() {
        write("valetudo", name, json.as_bytes());
    }
    for (name, yaml) in YAML {
        write("map_server_yaml", name, yaml.as_bytes());
    }
    // The first byte chooses the mode; the target puts the letter P back.
    write("pgm", "plain", b"\x002 # text\n4 3 255\n0 0 0 0 254 254 205 0 0 0 0 0\n");
    write("pgm", "scale", b"\x052 3 2 100 0 50 100 99 1 7");
    write("pgm", "binary", b"\x025 4 3 255\n\0\0\0\0\xfe\xfe\xcd\0\0\0\0\0");
    write("pgm", "wide", b"\x085 2 1 65535\n\0\x01\xff\xff");
    for (name, color, depth, row) in [
        ("grey", png::ColorType::Grayscale, png::BitDepth::Eight, 8),
        ("two_bits", png::ColorType::Grayscale, png::BitDepth::Two, 2),
        ("grey_alpha", png::ColorType::GrayscaleAlpha, png::BitDepth::Eight, 16),
        ("wide", png::ColorType::Rgba, png::BitDepth::Sixteen, 64),
        ("rgb", png::ColorType::Rgb, png::BitDepth::Eight, 24),
        ("palette", png::ColorType::Indexed, png::BitDepth::Two, 2),
    ] {
        write("png", name, &png(color, depth, row));
    }
    // Numbers are taken from the front, the text is the rest.
    let head =
        |resolution_m: f64| [&resolution_m.to_le_bytes()[..], &0.1_f64.to_le_bytes(), &[0, 4, 6]].concat();
    write("drawing", "flat", &[head(0.1), FLAT.as_bytes().to_vec()].concat());
    write("drawing", "letters", &[head(0.5), "aAbBcC\n  é. #?\n\t zz\n".as_bytes().to_vec()].concat());

    let kinds = [
        ('a', RoomKind::Living),
        ('b', RoomKind::Kitchen),
        ('c', RoomKind::Office),
        ('d', RoomKind::Bedroom),
    ];
    let robot = Footprint::disc_m(0.1).expect("a radius");
    let home = Home::from_drawing(0.1, robot, FLAT, &kinds).and_then(homeveil::home::HomeBuilder::build);
    let home = home.expect("the flat is a home");
    let policies = [
        ("default", Policy::default()),
        ("sealed", Policy::sealed()),
        ("loud", {
            let odds = Odds::new(1 << 20, 1).expect("odds");
            Policy::builder().zones(3).odds(odds).odds_cap(odds).build().expect("a policy")
        }),
    ];
    for (name, policy) in policies {
        for (kind, redaction) in [("none", Redaction::none()), ("kinds", policy.redaction())] {
            let drawn = anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut Coins::replayed(1));
            let (release, mut key) = drawn.expect("every home yields a release");
            if kind == "none" {
                write("release_json", name, release.to_json().as_bytes());
                let floor = &release.floors()[0];
                write("valetudo", &format!("release_{name}"), write_valetudo(floor).as_bytes());
            }
            let ids: Vec<_> = home.rooms().into_iter().map(|room| room.id()).collect();
            let _ = key.bind_rooms(homeveil::key::AreaId::new(3), &home, &ids[..1]);
            // The content alone; the target adds the envelope.
            let bytes = key.to_secret_bytes();
            let content = homeveil_fuzz::content(&bytes);
            assert!(homeveil_fuzz::sealed_key(content) == *bytes, "the target begins with this very key");
            write("key_bytes", &format!("{name}_{kind}"), content);
        }
    }
    let mut keeper =
        Keeper::open_with(MemoryStore::default(), Policy::default(), Coins::replayed(1)).expect("empty");
    let (now, purpose) = (UnixTime::from_secs(1_790_000_000), Purpose::RequestedServiceProvision);
    let record = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(86_400)).purpose(purpose);
    keeper.consent(record).expect("memory does not fail");
    keeper.on_map(&home, &Redaction::none(), purpose, now).expect("a first map");
    let state = keeper.into_store().load(Slot::State).ok().flatten().expect("it was saved");
    // The content without the number of floors.
    write("keeper_state", "drawn", &homeveil_fuzz::content(&state)[1..]);
    // A lead, epoch 0, odds 1/1, clock 0, no consent, none before it, no draw.
    let fresh = [&[0; 5][..], &[1, 0, 0, 0, 1, 0, 0, 0], &[0; 8], &[0; 4], &[0; 2], &[0]].concat();
    write("keeper_state", "fresh", &fresh);
    write("pipeline", "zeros", &[0; 256]);
    // The fuzzer's bytes have no shape that a person could write; some that spread do as a start.
    for seed in 1_u8..=4 {
        let bytes =
            (0..1200_u32).map(|n| (n * n * u32::from(seed) + n / 7).to_le_bytes()[usize::from(seed) % 2]);
        let bytes: Vec<u8> = bytes.collect();
        for target in ["pipeline", "refits", "outbox", "changed_release"] {
            write(target, &format!("spread_{seed}"), &bytes);
        }
    }
}
