//! Pictures of one drawing in every encoding, written here, all reading as the same grid.

use nalgebra::Point2;
use png::{BitDepth, ColorType};

use super::{HOME, expected, sides, values, yaml};

pub(super) fn pgm(header: &str, raster: impl IntoIterator<Item = u8>) -> Vec<u8> {
    header.bytes().chain(raster).collect()
}

/// A PNG of pixels that are so many bytes or, below eight bits, so few bits, with the colours and opacities of a
/// palette.
pub(super) fn png_of(
    color: ColorType,
    depth: BitDepth,
    pixels: [u64; 3],
    palette: Option<(&[u8], &[u8])>,
    drawing: &str,
) -> Vec<u8> {
    let (width, height) = sides(drawing);
    let bits = color.samples() * depth as usize;
    let mut data = Vec::new();
    for row in values(drawing, pixels).chunks(width as usize) {
        let ones =
            row.iter().flat_map(|value| (0..bits).rev().map(move |bit| u8::from(value >> bit & 1 == 1)));
        let ones: Vec<u8> = ones.collect();
        data.extend(
            ones.chunks(8)
                .map(|byte| byte.iter().chain([0; 8].iter()).take(8).fold(0, |sum, bit| sum << 1 | bit)),
        );
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    if let Some((colors, opacities)) = palette {
        if !colors.is_empty() {
            encoder.set_palette(colors);
        }
        encoder.set_trns(opacities);
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&data).unwrap();
    writer.finish().unwrap();
    bytes
}

/// A chunk of a PNG with its checksum.
fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    let body: Vec<u8> = name.iter().chain(data).copied().collect();
    let mut crc = u32::MAX;
    for byte in &body {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    let length = u32::try_from(data.len()).unwrap();
    [&length.to_be_bytes()[..], &body, &(!crc).to_be_bytes()].concat()
}

/// A PNG by hand, grey with eight bits, its rows not compressed.
pub(super) fn bare_png(width: u32, height: u32, interlace: u8, rows: &[u8]) -> Vec<u8> {
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 0, 0, 0, interlace]);
    let mut stream = vec![0x78, 0x01];
    let length = u16::try_from(rows.len()).unwrap();
    stream.push(1);
    stream.extend([length.to_le_bytes(), (!length).to_le_bytes()].concat());
    stream.extend(rows);
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in rows {
        a = (a + u32::from(*byte)) % 65521;
        b = (b + a) % 65521;
    }
    stream.extend((b << 16 | a).to_be_bytes());
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    [signature, chunk(b"IHDR", &header), chunk(b"IDAT", &stream), chunk(b"IEND", &[])].concat()
}

/// The drawing as an interlaced PNG: pixel (x, y) belongs to the pass that Adam7's pattern has there.
pub(super) fn interlaced_png(drawing: &str) -> Vec<u8> {
    const PATTERN: [&[u8; 8]; 8] = [
        b"16462646",
        b"77777777",
        b"56565656",
        b"77777777",
        b"36463646",
        b"77777777",
        b"56565656",
        b"77777777",
    ];
    let (width, height) = sides(drawing);
    let greys = values(drawing, [0_u8, 205, 254]);
    let mut rows = Vec::new();
    for pass in b'1'..=b'7' {
        for y in 0..height as usize {
            let row: Vec<u8> = (0..width as usize)
                .filter(|x| PATTERN[y % 8][x % 8] == pass)
                .map(|x| greys[y * width as usize + x])
                .collect();
            if !row.is_empty() {
                rows.push(0);
                rows.extend(row);
            }
        }
    }
    bare_png(width, height, 1, &rows)
}

/// The drawing as PGMs.
fn pgms() -> Vec<(&'static str, Vec<u8>)> {
    let greys = values(HOME, [0_u8, 205, 254]);
    let wide = values(HOME, [0_u16, 205 * 257, 0xffff]);
    let plain = |between: &str| {
        greys.iter().flat_map(|grey| [grey.to_string(), between.to_owned()]).collect::<String>()
    };
    let wide_plain: String = wide.iter().flat_map(|grey| [grey.to_string(), " ".to_owned()]).collect();
    let header = "P2\n# made by hand\n11 6\n255\n";
    vec![
        ("P5", pgm("P5\n11 6\n255\n", greys.clone())),
        ("P5 on one line", pgm("P5 11 6 255 ", greys.clone())),
        ("P5, comments", pgm("P5# 1 2 3\n# more\r11 # wide\n\t6\n#\n255#end\n", greys.clone())),
        ("P5, more behind", pgm("P5\n11 6\n255\n", greys.iter().copied().chain(*b"P5 tail"))),
        ("P5, 16 bits", pgm("P5\n11 6\n65535\n", wide.into_iter().flat_map(u16::to_be_bytes))),
        ("P5, up to 100", pgm("P5\n11 6\n100\n", values(HOME, [0, 80, 100]))),
        ("P2", pgm(header, plain(" ").bytes())),
        ("P2, one a line", pgm(header, plain("\r\n").bytes())),
        ("P2, comments", pgm(header, plain(" # 7\n").bytes())),
        ("P2, no end of line", pgm(header, plain(" ").trim_end().bytes())),
        ("P2, 16 bits", pgm("P2 11 6 65535\n", wide_plain.bytes())),
    ]
}

/// The drawing as PNGs.
fn pngs() -> Vec<(&'static str, Vec<u8>)> {
    use BitDepth::{Eight, Four, Sixteen, Two};
    use ColorType::{Grayscale as Grey, GrayscaleAlpha as GreyAlpha, Indexed, Rgb, Rgba};
    let colors = &[0, 0, 0, 205, 205, 205, 254, 254, 254][..];
    let whites = &[0, 0, 0, 255, 255, 255, 255, 255, 255][..];
    let opaque = &[255; 3][..];
    let mut files = vec![("interlaced", interlaced_png(HOME))];
    for (name, color, depth, values, palette) in [
        ("grey", Grey, Eight, [0, 205, 254], None),
        ("grey, 2 bits", Grey, Two, [0, 2, 3], None),
        ("grey, 4 bits", Grey, Four, [0, 12, 15], None),
        ("grey, 16 bits", Grey, Sixteen, [0, 205 * 257, 0xffff], None),
        ("grey, one clear", Grey, Eight, [0, 255, 254], Some((&[][..], &[0, 255][..]))),
        ("grey and opacity", GreyAlpha, Eight, [0xff, 0xcdff, 0xfeff], None),
        ("grey, white clear", GreyAlpha, Eight, [0xff, 0xff00, 0xfeff], None),
        ("grey, black clear", GreyAlpha, Eight, [0xff, 0, 0xfeff], None),
        ("grey, half clear", GreyAlpha, Eight, [0xff, 0xfe80, 0xfeff], None),
        ("grey, hardly clear", GreyAlpha, Sixteen, [0xffff, 0xffff_fffe, 0xffff_ffff], None),
        ("colour", Rgb, Eight, [0x30_0000, 0xff_cd9b, 0xff_fefd], None),
        ("colour, 16 bits", Rgb, Sixteen, [0, 0xcdcd_cdcd_cdcd, 0xfefe_fefe_fefe], None),
        ("colour and opacity", Rgba, Eight, [0xff, 0xcdcd_cdff, 0xfefe_feff], None),
        ("colour, clear", Rgba, Eight, [0xff, 0xfefe_fe7f, 0xfefe_feff], None),
        ("colour, clear, 16 bits", Rgba, Sixteen, [0xffff, 0, 0xfefe_fefe_fefe_ffff], None),
        ("palette, 2 bits", Indexed, Two, [0, 1, 2], Some((colors, opaque))),
        ("palette, 4 bits", Indexed, Four, [0, 1, 2], Some((colors, opaque))),
        ("palette, 8 bits", Indexed, Eight, [0, 1, 2], Some((colors, opaque))),
        ("palette, one clear", Indexed, Two, [0, 1, 2], Some((whites, &[255, 0, 255][..]))),
    ] {
        files.push((name, png_of(color, depth, values, palette, HOME)));
    }
    files
}

#[test]
fn every_format_reads_as_the_same_grid() {
    for (name, file) in pgms().into_iter().chain(pngs()) {
        let map = yaml().read(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(map.grid == expected(HOME), "{name}");
        assert!(map.rooms.is_empty() && map.dock.is_none() && map.keep_outs.is_empty());
        let origin = Point2::new(-3.4, 2.3);
        assert!((map.origin_m - origin).norm() < 1e-9, "two columns and one row were cut off");
        assert!((map.to_map_m(Point2::new(-3.3, 2.4)) - Point2::new(0.1, 0.1)).norm() < 1e-9);
        let there = Point2::new(-3.3, 2.4);
        assert!((map.to_file(map.to_map_m(there)) - there).norm() < 1e-9);
    }
}

#[test]
fn with_one_bit_there_is_no_grey_between() {
    let two = HOME.replace('?', "#");
    for (color, values, palette) in [
        (ColorType::Grayscale, [0, 0, 1], None),
        (ColorType::Indexed, [1, 0, 0], Some((&[255, 255, 255, 0, 0, 0][..], &[255; 2][..]))),
    ] {
        let file = png_of(color, BitDepth::One, values, palette, &two);
        assert!(yaml().read(&file).unwrap().grid == expected(&two));
    }
}
