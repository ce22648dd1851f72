//! The files of a release and of its key.

use std::path::Path;

use homeveil::formats::{Picture, write_map_server, write_svg, write_valetudo};
use homeveil::home::Home;
use homeveil::{HouseKey, Redaction, Release};
use homeveil_examples::{Failure, write as save};

/// Writes what may leave the robot to `public`, all else to `private`.
pub(crate) fn write(
    out: &Path,
    home: &Home,
    redaction: &Redaction,
    release: &Release,
    key: &HouseKey,
) -> Result<(), Failure> {
    let (public, private) = (out.join("public"), out.join("private"));
    let floor = &release.floors()[0];
    let files = write_map_server(floor, "release.pgm");
    save(&public.join("release.json"), release.to_json())?;
    save(&public.join("release.yaml"), files.yaml)?;
    save(&public.join("release.pgm"), files.pgm)?;
    save(&public.join("release.valetudo.json"), write_valetudo(floor))?;
    save(&public.join("release.svg"), write_svg(floor))?;
    let after = Picture::of_floor(floor, 4)?;
    save(&public.join("release.png"), after.to_png())?;
    let before = Picture::of_home(home, redaction, key)?.fit(after.height());
    save(&private.join("map.png"), before.to_png())?;
    save(&private.join("before_after.png"), Picture::side_by_side(&before, &after, 24)?.to_png())?;
    save(&private.join("house.key"), key.to_secret_bytes())?;
    Ok(())
}
