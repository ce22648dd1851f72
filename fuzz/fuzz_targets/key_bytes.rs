//! Any bytes as a key, as they are and with size and checksum put right. A key that is read answers all it can
//! be asked and has one encoding.
#![no_main]

use homeveil::HouseKey;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = HouseKey::from_secret_bytes(bytes);
    let bytes = homeveil_fuzz::sealed_key(bytes);
    let Ok(key) = HouseKey::from_secret_bytes(&bytes) else { return };
    assert!(*key.to_secret_bytes() == bytes, "one key has one encoding");
    // A few bytes can be a grid of millions of cells.
    let zones = (0..6).map(homeveil::atlas::ZoneId::new);
    let cells: usize = zones.filter_map(|zone| Some(key.lift_zone(zone).ok()?.len())).sum();
    if cells < 1 << 16 {
        homeveil_fuzz::ask(&key);
    }
});
