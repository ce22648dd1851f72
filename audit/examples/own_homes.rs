//! Homes of one's own: rooms drawn as polygons, here rows of rooms made up on the spot.
#![expect(clippy::print_stdout, clippy::cast_precision_loss, reason = "an example")]
use homeveil_audit::AuditError;
use homeveil_audit::bench::{Bench, Options};
use homeveil_audit::mechanism::{Baseline, Mechanism, Plans};
use homeveil_audit::population::RoomPolygons;
use homeveil_audit::report;
use serde_json::json;

fn main() -> Result<(), AuditError> {
    if std::env::args().any(|arg| arg == "--help") {
        println!("usage: own_homes\n\nAudits two mechanisms on homes drawn as polygons. No options.");
        return Ok(());
    }
    let home = |number: usize| {
        let (count, wide, kinds) =
            (2 + number % 4, 3.0 + number as f64 / 20.0, ["living", "kitchen", "bedroom", "office"]);
        let left = |room: usize| room as f64 * (wide + 0.1);
        let room = |room: usize| {
            let (left, right) = (left(room), left(room) + wide);
            json!({"kind": kinds[room % 4], "outline": [[left, 0.0], [right, 0.0], [right, 4.0], [left, 4.0]]})
        };
        let door = |room: usize| json!([[left(room) - 0.05, 1.0], [left(room) - 0.05, 1.9]]);
        let (rooms, doors): (Vec<_>, Vec<_>) =
            ((0..count).map(room).collect(), (1..count).map(door).collect());
        json!({"rooms": rooms, "doors": doors, "dock": [1.0, 1.0]})
    };
    let homes: Vec<_> = (0..80).map(home).collect();
    let population = RoomPolygons::from_json(json!(homes).to_string().as_bytes())?;
    let bench = Bench::of(&population, Options::of_homes(40))?;
    let mechanisms: [Box<dyn Mechanism>; 2] = [Box::new(Plans::default()), Box::new(Baseline::Raw)];
    let audit = bench.run(&mechanisms, &mut |_| ())?;
    println!("{}\n{}", report::overview(&audit), report::ours(&audit));
    Ok(())
}
