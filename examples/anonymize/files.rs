//! Both sides of the release out.

use std::error::Error;
use std::fs;
use std::path::Path;

use homeveil::formats::{Picture, write_map_server, write_svg, write_valetudo};
use homeveil::home::Home;
use homeveil::{HouseKey, Redaction, Release};

/// Writes what may leave the robot to `public`, all else to `private`.
pub(crate) fn write(
    out: &Path,
    home: &Home,
    redaction: &Redaction,
    release: &Release,
    key: &HouseKey,
) -> Result<(), Box<dyn Error>> {
    let (public, private) = (out.join("public"), out.join("private"));
    fs::create_dir_all(&public)?;
    fs::create_dir_all(&private)?;
    let floor = &release.floors()[0];
    let files = write_map_server(floor, "release.pgm");
    fs::write(public.join("release.json"), release.to_json())?;
    fs::write(public.join("release.yaml"), files.yaml)?;
    fs::write(public.join("release.pgm"), files.pgm)?;
    fs::write(public.join("release.valetudo.json"), write_valetudo(floor))?;
    fs::write(public.join("release.svg"), write_svg(floor))?;
    let after = Picture::of_floor(floor, 4)?;
    fs::write(public.join("release.png"), after.to_png())?;
    let before = Picture::of_home(home, redaction, key)?.fit(after.height());
    fs::write(private.join("map.png"), before.to_png())?;
    fs::write(private.join("before_after.png"), Picture::side_by_side(&before, &after, 24)?.to_png())?;
    fs::write(private.join("house.key"), key.to_secret_bytes())?;
    Ok(())
}
