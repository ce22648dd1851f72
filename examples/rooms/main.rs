//! Which rooms does it find on a map without labels, and how good are they? Draws the rooms of one map or of every
//! map below a folder, and prints scores where the rooms are known.
//!
//! `cargo run --release --example rooms --features evaluation -- --help` lists the options.
//!
//! The pictures are as private as the maps.

mod labels;
mod made_up;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use homeveil::formats::Picture;
use homeveil::home::{RobotMap, Room};
use homeveil::segment::scoring::join_wide;
use homeveil::segment::segment;
use homeveil_examples::{Failure, built, command, files, number, progress, read, write_private};

use table::{Scores, Table};

/// Pixels of a picture's longer side, at most.
const SIDE: u32 = 1024;

/// Rooms that a robot's labels part over a wider border than this are one: nothing on the map says that they end there.
const OPEN_M: f64 = 1.2;

const HELP: &str = "\
usage: rooms MAP_OR_FOLDER [--truth LABELS.png] [--resolution M] [--out DIR]
       rooms --made-up N

Finds the rooms of a map, or of every map below a folder, without looking at its labels, and draws them: DIR/NAME.png.
Where the rooms are known it prints how many there are and were found, recall and precision (Bormann et al. 2016) in the
cells of the true rooms and in those that are in both, mean one-to-one intersection over union, MCC (Mielle et al. 2018),
splits and merges. Known are the rooms of a map's own labels, those that meet over more than 1.2 m being one.

  --truth LABELS.png  the true rooms of a map that is a picture alone, in a picture of the same size: connected pieces
                      of one colour; black and the grey 205 are no room
  --resolution M      metres a pixel of a map that is a picture alone, often 0.05
  --out DIR           draw to DIR instead of out/rooms
  --made-up N         draw nothing; print the scores on N made-up homes and N floors of offices, bare, furnished and as a
                      laser sees them, of the half that the method was designed on and of the other one, and on homes
                      at other resolutions and turned

Exit code 0: done; 1: refused or failed; 2: wrong usage.
";

/// What was asked for.
enum Asked {
    Maps { maps: PathBuf, truth: Option<PathBuf>, resolution_m: Option<f64>, out: PathBuf },
    MadeUp(u64),
}

fn main() -> ExitCode {
    command(HELP, parse, |asked| match asked {
        Asked::MadeUp(homes) => made_up::scores(homes),
        Asked::Maps { maps, truth, resolution_m, out } => {
            if maps.is_dir() {
                return folder(&maps, &out);
            }
            let map = read(&maps, resolution_m)?;
            let truth = truth.map_or_else(|| Ok(known(&map)), |labels| labels::read(&labels, &map, &maps))?;
            let mut table = Table::new("map");
            let name = Path::new(maps.file_name().unwrap_or_default());
            one(name, &map, &truth, &out, &mut table)?;
            Ok(format!("{table}\nDrawn, for the owner's eyes only: {}\n", out.display()))
        }
    })
}

fn parse(mut args: lexopt::Parser) -> Result<Asked, Failure> {
    use lexopt::prelude::*;
    let (mut maps, mut truth) = (None::<PathBuf>, None);
    let (mut made_up, mut resolution_m, mut out) = (None, None, PathBuf::from("out/rooms"));
    while let Some(arg) = args.next()? {
        match arg {
            Long("truth") => truth = Some(args.value()?.into()),
            Long("resolution") => {
                resolution_m = Some(number(&mut args, "--resolution", "metres a pixel, such as 0.05")?);
            }
            Long("out") => out = args.value()?.into(),
            Long("made-up") => made_up = Some(number(&mut args, "--made-up", "a whole number")?),
            Value(path) if maps.is_none() => maps = Some(path.into()),
            _ => return Err(arg.unexpected().into()),
        }
    }
    match (maps, made_up) {
        (None, Some(homes)) => Ok(Asked::MadeUp(homes)),
        // The frame of a YAML file or a robot does not say where the map begins in its picture.
        (Some(_), None) if truth.is_some() && resolution_m.is_none() => {
            Err("labels lie on a picture: give the map's picture alone, and --resolution".into())
        }
        (Some(maps), None) if truth.is_none() || maps.is_file() => {
            Ok(Asked::Maps { maps, truth, resolution_m, out })
        }
        (Some(_), None) => Err("labels belong to one map, not to a folder".into()),
        _ => Err("a map, a folder of maps, or --made-up is needed".into()),
    }
}

/// The rooms of every map below a folder.
fn folder(folder: &Path, out: &Path) -> Result<String, Failure> {
    let maps = files(folder)?;
    let bar = progress(maps.len());
    let (mut table, mut drawn) = (Table::new("map"), 0);
    for path in &maps {
        bar.set_message(path.display().to_string());
        let name = path.strip_prefix(folder).unwrap_or(path);
        match read(path, None).and_then(|map| one(name, &map, &known(&map), out, &mut table)) {
            Ok(()) => drawn += 1,
            Err(error) => bar.suspend(|| eprintln!("{error}")),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if drawn == 0 {
        return Err(format!("{}: no map below it could be read", folder.display()).into());
    }
    table.mean();
    Ok(format!("{table}\nDrawn, for the owner's eyes only: {}\n", out.display()))
}

/// Draws the rooms of a map, and scores them. The path, below the folder that was asked for, names both.
fn one(path: &Path, map: &RobotMap, truth: &[Room], out: &Path, table: &mut Table) -> Result<(), Failure> {
    let name = path.with_extension("");
    let found = segment(&map.grid);
    table.add(&name.to_string_lossy(), Scores::of(&map.grid, truth, &found));
    let mut own = map.clone();
    own.rooms = Vec::new();
    let home = built(own, path, false)?;
    write_private(
        &out.join(path.with_extension("png")),
        Picture::of_rooms(&home).fit(SIDE).room_labels(&home).to_png(),
    )?;
    Ok(())
}

/// The rooms of a map's own labels.
fn known(map: &RobotMap) -> Vec<Room> {
    join_wide(&map.grid, &map.rooms, OPEN_M)
}
