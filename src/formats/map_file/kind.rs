//! What bytes look like.

use core::ops::Range;

use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::other::{
    BINARY, EMPTY, GRID_MESSAGE, INSIDE, MAP_SERVER_JSON, OTHER_JSON, Other, PAGE, RELEASE, TEXT,
};

/// The usual alphabet (RFC 4648), with or without padding.
pub(super) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What a file is by its first bytes.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Json,
    Yaml,
    /// A PGM or PNG.
    Picture,
    Gzip,
    Zlib,
    /// A PNG with a Valetudo map, packed by zlib, at these bytes.
    ZlibInPng(Range<usize>),
    /// Text of bytes, from this one on.
    Base64(usize),
    Utf16 {
        big_endian: bool,
    },
    Other(Other),
}

impl Kind {
    pub(super) fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [0x89, b'P', b'N', b'G', ..] => valetudo_chunk(bytes).map_or(Self::Picture, Self::ZlibInPng),
            [b'P', b'2' | b'5', next, ..] if next.is_ascii_whitespace() || *next == b'#' => Self::Picture,
            // Deflate with a window of 32 KiB, a check of both bytes, and no dictionary (RFC 1950), so that a text that
            // begins with "x " is not taken for it.
            [0x78, flags, ..] if (0x7800 + u32::from(*flags)).is_multiple_of(31) && flags & 0x20 == 0 => {
                Self::Zlib
            }
            [0xfe, 0xff, ..] => Self::Utf16 { big_endian: true },
            [0xff, 0xfe, ..] => Self::Utf16 { big_endian: false },
            _ => Other::of(bytes).map_or_else(|| Self::of_text(bytes), Self::Other),
        }
    }

    fn of_text(bytes: &[u8]) -> Self {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        match text {
            [] => Self::Other(EMPTY),
            [b'{', rest @ ..] => match rest.trim_ascii_start() {
                // `{image: …}` is YAML.
                [first, ..] if first.is_ascii_alphabetic() && is_yaml(text) => Self::Yaml,
                fields if fields.get(..64).is_some_and(|start| has(start, b"\"homeveil-release\"")) => {
                    Self::Other(RELEASE)
                }
                _ => Self::Json,
            },
            [b'[', ..] => Self::Json,
            [b'<', ..] => Self::Other(PAGE),
            _ if is_yaml(text) => Self::Yaml,
            _ => match base64_start(text) {
                Some(at) => Self::Base64(bytes.len() - text.len() + at),
                None if core::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) => Self::Other(TEXT),
                None => Self::Other(BINARY),
            },
        }
    }
}

/// Whether some line, or some field within braces, starts with a key that every YAML file of `map_server` has.
fn is_yaml(text: &[u8]) -> bool {
    let mut fields = text.split(|byte| matches!(byte, b'\n' | b'\r' | b'{' | b','));
    fields.any(|field| starts_with_key(field.trim_ascii_start(), &[b"image", b"resolution"]))
}

/// Whether a line of YAML starts with one of these keys.
fn starts_with_key(line: &[u8], keys: &[&[u8]]) -> bool {
    let rest_after = |key: &&[u8]| line.strip_prefix(*key);
    keys.iter().filter_map(rest_after).any(|rest| rest.trim_ascii_start().starts_with(b":"))
}

/// The fields at the top of a JSON file that tell what it is.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Top {
    meta_data: Option<IgnoredAny>,
    layers: Option<IgnoredAny>,
    pixel_size: Option<IgnoredAny>,
    image: Option<IgnoredAny>,
    resolution: Option<IgnoredAny>,
    origin: Option<IgnoredAny>,
}

/// What a JSON file that was refused looks like, if it is no Valetudo map.
pub(super) fn other_json(json: &[u8]) -> Option<Other> {
    let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json).trim_ascii_start();
    let top = match json {
        [b'{', ..] => serde_json::from_slice(json).ok()?,
        _ => Top::default(),
    };
    let is_map = top.meta_data.or(top.layers).or(top.pixel_size).is_some();
    let has_fields = top.image.and(top.resolution).and(top.origin).is_some();
    let has_map =
        [&b"\"metaData\""[..], b"\"layers\"", b"\"pixelSize\""].iter().any(|field| has(json, field));
    let is_message = [&b"\"info\""[..], b"\"data\"", b"\"resolution\""].iter().all(|field| has(json, field));
    match () {
        () if is_map => None,
        () if has_fields => Some(MAP_SERVER_JSON),
        // As the first Valetudo wrote its maps.
        () if top.image.is_some() => None,
        () if has_map => Some(INSIDE),
        () if is_message => Some(GRID_MESSAGE),
        () => Some(OTHER_JSON),
    }
}

/// Whether some line starts with a field that a YAML file of `map_server` has at its top.
pub(super) fn is_map_server(yaml: &[u8]) -> bool {
    let fields: [&[u8]; 5] = [b"resolution", b"origin", b"negate", b"occupied_thresh", b"free_thresh"];
    yaml.split(|&byte| byte == b'\n').any(|line| starts_with_key(line, &fields))
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Where the packed map stands that Valetudo puts in the picture for the camera of Home Assistant: in a chunk `zTXt`
/// after the keyword and the number of the packing (PNG specification, 11.3.3.3). Checksums are left to zlib's own.
fn valetudo_chunk(png: &[u8]) -> Option<Range<usize>> {
    const KEYWORD: &[u8] = b"ValetudoMap\0\0";
    let mut at = 8;
    while let Some((head, rest)) = png.get(at..).and_then(|rest| rest.split_first_chunk::<8>()) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        // The file may end in the middle; zlib finds out.
        let data = rest.get(..length).unwrap_or(rest);
        if head.ends_with(b"zTXt") && data.starts_with(KEYWORD) {
            return Some(at + 8 + KEYWORD.len()..at + 8 + data.len());
        }
        at = at.checked_add(8 + 4)?.checked_add(length)?;
    }
    None
}

/// Where the letters start, if a text starts as base64 of something that is read: after the head of a data URL, if it
/// has one.
fn base64_start(text: &[u8]) -> Option<usize> {
    const URL: &[u8] = b";base64,";
    const LETTERS: usize = 64;
    let head = text.get(..LETTERS).unwrap_or(text);
    let from = match head.strip_prefix(b"data:") {
        Some(_) => head.windows(URL.len()).position(|window| window == URL)? + URL.len(),
        None => 0,
    };
    let letters = text[from..].iter().copied().filter(|byte| !byte.is_ascii_whitespace());
    let letters: Vec<u8> = letters.take(LETTERS).collect();
    let whole = letters.len() / 4 * 4;
    let start = BASE64.decode(&letters[..whole]).ok()?;
    // Short words are base64 of something, too.
    let is_known = start.len() >= 8
        && matches!(
            Kind::of(&start),
            Kind::Gzip | Kind::Zlib | Kind::ZlibInPng(_) | Kind::Picture | Kind::Json
        );
    is_known.then_some(from)
}
