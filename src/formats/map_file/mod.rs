//! A map file of any kind: what it looks like, how it is unpacked, who reads it.
//!
//! Maps reach people in many wrappings: packed by gzip, as a message of MQTT, inside a picture for a home automation,
//! in the encoding of a text editor, as a picture without its YAML file. [`read_map`] looks at the first bytes, never
//! at a name, takes off what is around the map, and hands it to the reader of its format. [`read_map_file`] does the
//! same for a file on disk, and finds the picture that a YAML file names.
//!
//! | what is given | what is done |
//! | --- | --- |
//! | Valetudo JSON, also in a robot's state | read |
//! | a YAML file of `map_server` | read with its picture, from disk alone |
//! | a PGM or PNG alone | read, if the metres of a pixel are given |
//! | a PNG with a Valetudo map in a `zTXt` chunk (the map of Home Assistant's camera) | the map is read |
//! | gzip; zlib (Valetudo's messages over MQTT); base64; UTF-16 with a byte-order mark | unpacked, up to three deep |
//! | a map of a Roborock or other robot, an archive, a bag, another picture, a web page, … | refused by name |
//!
//! What is unpacked may have [`MAX_FILE_BYTES`](super::MAX_FILE_BYTES), so a bomb costs no more than the largest map.
//! What is refused by name comes with what to give instead; the readers refuse what is damaged.
//!
//! Kinds are told by magic numbers (IANA's and the formats' own documents). The map of a Roborock is a public secret
//! (`RRMap`, as Valetudo's and openHAB's readers document it), but Valetudo exports the same map as JSON.

mod kind;
mod other;
mod read;
#[cfg(test)]
mod tests;
mod unpack;

pub use read::{read_map, read_map_file};
