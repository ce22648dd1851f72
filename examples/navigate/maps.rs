//! A folder of maps, a line each.

use std::error::Error;
use std::path::Path;

use homeveil::utility::{PathMeasures, Stretch};
use serde_json::json;

use super::folder::files;
use super::measures::Measures;
use super::{Asked, draw};

pub(crate) fn run(folder: &Path, asked: &Asked) -> Result<(), Box<dyn Error>> {
    let mut list = Vec::new();
    let mut all: Vec<PathMeasures> = Vec::new();
    if !asked.json {
        println!("{HEAD}");
    }
    for path in files(folder)? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let drawn = draw(Some(&path), &asked.options).and_then(|(home, release, key)| {
            Measures::of(&home, &asked.options.redaction, &release, &key, asked.pairs)
        });
        match drawn {
            Ok(measures) if asked.json => list.push(json!({ "map": name, "measures": measures.to_json() })),
            Ok(measures) => {
                println!("{}", line(&name, &measures.paths));
                all.push(measures.paths);
            }
            Err(error) => eprintln!("{name}: {error}"),
        }
    }
    if asked.json {
        println!("{}", serde_json::to_string_pretty(&list)?);
    } else if let Some(sum) = together(&all) {
        println!("{}", line("all", &sum));
    }
    Ok(())
}

const HEAD: &str = "map                          pairs planned real   lifted harm k-out withh cover | stretch: ways median    p95 | phantom: ways median    p95";

fn line(name: &str, of: &PathMeasures) -> String {
    let stretch = |of: &Stretch| {
        format!("{:>5} {:>6.3} {:>6.3}", of.values().len(), of.quantile(0.5), of.quantile(0.95))
    };
    format!(
        "{name:<28} {:>5} {:>7} {:>6} {:>6} {:>4} {:>5} {:>5} {:.3} |         {} |         {}",
        of.pairs,
        of.planned,
        of.reachable,
        of.lifted,
        of.collisions,
        of.keep_outs_crossed,
        of.redacted_entered,
        of.coverage,
        stretch(&of.stretch),
        stretch(&of.phantom_stretch)
    )
}

/// All maps as one: counts added, ways pooled, the least coverage.
fn together(all: &[PathMeasures]) -> Option<PathMeasures> {
    let mut sum = all.first()?.clone();
    for of in &all[1..] {
        sum.pairs += of.pairs;
        sum.planned += of.planned;
        sum.reachable += of.reachable;
        sum.lifted += of.lifted;
        sum.collisions += of.collisions;
        sum.keep_outs_crossed += of.keep_outs_crossed;
        sum.redacted_entered += of.redacted_entered;
        sum.coverage = sum.coverage.min(of.coverage);
    }
    let pool = |pick: fn(&PathMeasures) -> &Stretch| {
        Stretch::of(all.iter().flat_map(|of| pick(of).values().iter().copied()).collect())
    };
    sum.stretch = pool(|of| &of.stretch);
    sum.phantom_stretch = pool(|of| &of.phantom_stretch);
    Some(sum)
}
