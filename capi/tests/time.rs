//! What the border costs: days of a robot through the C functions and through the library, by turns.
//!
//!     cargo test --release -p homeveil-capi --test time -- MAP.json [DAYS] [ROUNDS]
//!
//! Both programs do the same (`year.c` and `live` here), each as a process of its own with the same setting of
//! `malloc`, and count the CPU time of their days; of each the least round counts. Linux with glibc only.

#[expect(dead_code, reason = "the other tests use the rest")]
mod programs;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use homeveil::formats::read_valetudo;
use homeveil::home::{Footprint, Home};
use homeveil::keeper::{ConsentRecord, Device, DirectoryStore, Received, UnixTime};
use homeveil::key::Task;
use homeveil::nalgebra::Isometry2;
use homeveil::{Coins, Keeper, Odds, Policy};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [mark, map, days, folder] = &arguments[..]
        && mark == LIVE
    {
        let home = read_valetudo(&fs::read(map)?)?.into_builder(Footprint::disc_m(0.17)?).build()?;
        let begun = cpu_seconds()?;
        live(&home, Path::new(folder), days.parse()?)?;
        eprintln!("seconds: {:.4}", cpu_seconds()? - begun);
        return Ok(());
    }
    let arguments: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    let Some(map) = arguments.first() else {
        println!("usage: time MAP.json [DAYS] [ROUNDS]");
        return Ok(());
    };
    let number = |index: usize, default: u32| arguments.get(index).map_or(Ok(default), |text| text.parse());
    let (days, rounds) = (number(1, 10)?.to_string(), number(2, 5)?);
    let year =
        programs::compiled("cc", "tests/year.c", "year", &["-std=c99", "-O2"]).ok_or("no C compiler")?;
    let (mut in_c, mut in_rust) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..rounds {
        let store = programs::store("year");
        in_c = in_c.min(seconds(Command::new(&year).arg(store).args([map, &days]))?);
        let store = programs::store("year_in_rust");
        let mut own = Command::new(std::env::current_exe()?);
        let own = own.env("MALLOC_MMAP_THRESHOLD_", "131072").args([LIVE, map, &days]).arg(store);
        in_rust = in_rust.min(seconds(own)?);
    }
    println!("{days} days: {in_c:.3} s through C, {in_rust:.3} s in Rust: {:.3}", in_c / in_rust);
    Ok(())
}

/// The first argument of a process that lives the days in Rust.
const LIVE: &str = "--live";

/// What a program says that its days took.
fn seconds(program: &mut Command) -> Result<f64, Box<dyn Error>> {
    let output = program.output()?;
    programs::passed(&output);
    let told = String::from_utf8_lossy(&output.stderr);
    Ok(told.lines().find_map(|line| line.strip_prefix("seconds: ")).ok_or("no time")?.parse()?)
}

/// The CPU time of this thread.
fn cpu_seconds() -> Result<f64, Box<dyn Error>> {
    let text = fs::read_to_string("/proc/self/schedstat")?;
    Ok(text.split(' ').next().ok_or("another format")?.parse::<f64>()? / 1e9)
}

/// The days of `year.c`.
fn live(home: &Home, folder: &Path, days: u32) -> Result<(), Box<dyn Error>> {
    let policy = Policy::builder().odds(Odds::new(2, 1)?).build()?;
    let redaction = policy.redaction().keep_unlabelled();
    let mut now = UnixTime::from_secs(1_790_000_000);
    let consent = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(400 * 86400));
    let consent = consent.purpose(Device::<DirectoryStore>::PURPOSE);
    let mut counter = 0_u8;
    let mut cells = 0;
    for day in 0..days {
        let coins = Coins::from_entropy(move |buffer| {
            for byte in buffer {
                *byte = counter;
                counter = counter.wrapping_add(1);
            }
            Ok(())
        });
        let keeper = Keeper::open_with(DirectoryStore::open(folder)?, policy.clone(), coins)?;
        let mut device = Device::of(keeper)?;
        device.consent(consent.clone(), now)?;
        device.on_map(home, &redaction, now)?;
        assert!(device.release(now)?.to_json().len() > 1000);
        let json = format!("{{\"id\":{},\"goals\":[{{\"zone\":{}}}]}}", day + 1, day % 4 + 1);
        let Received { answer, command } = device.on_command(json.as_bytes(), now)?;
        assert!(answer.to_json().contains("accepted"));
        for task in device.tasks(&command.ok_or("accepted")?, Isometry2::identity(), now)? {
            if let Ok(Task::Clean(region)) = task {
                cells += region.runs().count();
            }
        }
        let due = device.next_tick().ok_or("a command is under way")?;
        assert!(!device.on_tick(due)?.is_empty());
        drop(device.into_store());
        now = now.later_by_s(86400);
    }
    assert!(cells > 0);
    Ok(())
}
