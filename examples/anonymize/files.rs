//! The files of a release and of its key.

use std::fs;
use std::path::{Path, PathBuf};

use homeveil::formats::{Picture, write_map_server, write_svg, write_valetudo};
use homeveil::home::Home;
use homeveil::{HouseKey, Redaction, Release};
use homeveil_examples::{Failure, private_folder, write as save, write_private};

/// The private map with the numbers and areas of its rooms.
const MAP: &str = "map.png";

/// The same of a map that was refused, so that the one of the release before stays.
const ROOMS: &str = "rooms.png";

/// The key.
const KEY: &str = "house.key";

/// The map's longer side in pixels at most: enough to read the labels.
const MAP_SIDE: u32 = 2048;

/// Writes the private map with the numbers and areas of its rooms, to choose from, and gives the file's path.
pub(crate) fn write_rooms(out: &Path, home: &Home) -> Result<PathBuf, Failure> {
    private_folder(&out.join("private"))?;
    let file = out.join("private").join(ROOMS);
    write_private(&file, Picture::of_rooms(home).fit(MAP_SIDE).room_labels(home).to_png())?;
    Ok(file)
}

/// Writes what may leave the robot to `public`, all else to `private`; the key first, as a release is of no use without
/// it. The key of an earlier release, which may be out already, is kept under another name, and that is given.
pub(crate) fn write(
    out: &Path,
    home: &Home,
    redaction: &Redaction,
    release: &Release,
    key: &HouseKey,
) -> Result<Option<PathBuf>, Failure> {
    let (public, private) = (out.join("public"), out.join("private"));
    let floor = &release.floors()[0];
    private_folder(&private)?;
    let earlier = keep_earlier(&private.join(KEY), key.to_secret_bytes())?;
    let after = Picture::of_floor(floor, 4)?;
    let before = Picture::of_home(home, redaction, key)?;
    write_private(&private.join(MAP), before.fit(MAP_SIDE).room_labels(home).to_png())?;
    let before = before.fit(after.height());
    write_private(&private.join("before_after.png"), Picture::side_by_side(&before, &after, 24)?.to_png())?;
    let files = write_map_server(floor, "release.pgm");
    save(&public.join("release.json"), release.to_json())?;
    save(&public.join("release.yaml"), files.yaml)?;
    save(&public.join("release.pgm"), files.pgm)?;
    save(&public.join("release.valetudo.json"), write_valetudo(floor))?;
    save(&public.join("release.svg"), write_svg(floor))?;
    save(&public.join("release.png"), after.to_png())?;
    Ok(earlier)
}

/// Writes the key. One that is there and is another gets the first number that is free behind its name, which is given.
fn keep_earlier(file: &Path, key: impl AsRef<[u8]>) -> Result<Option<PathBuf>, Failure> {
    let mut kept = None;
    if fs::read(file).is_ok_and(|there| there != key.as_ref()) {
        let mut names = (1..=u16::MAX).map(|number| file.with_extension(format!("key.{number}")));
        if let Some(name) = names.find(|name| !name.exists()) {
            fs::rename(file, &name)?;
            kept = Some(name);
        }
    }
    write_private(file, key)?;
    Ok(kept)
}
