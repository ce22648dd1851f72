//! A folder of maps, a line each.

use std::path::Path;

use homeveil::utility::{PathMeasures, Stretch};
use homeveil_examples::{Failure, files, progress};
use serde_json::json;

use super::measures::Measures;
use super::{Asked, draw};

pub(crate) fn run(folder: &Path, asked: &Asked) -> Result<String, Failure> {
    let (mut list, mut text) = (Vec::new(), format!("{HEAD}\n"));
    let mut all: Vec<PathMeasures> = Vec::new();
    let maps = files(folder)?;
    let bar = progress(maps.len());
    for path in maps {
        let name = path.strip_prefix(folder).unwrap_or(&path).with_extension("").display().to_string();
        bar.set_message(name.clone());
        let drawn = draw(Some(&path), &asked.options).and_then(|(home, release, key)| {
            Measures::of(&home, &asked.options.redaction, &release, &key, asked.pairs)
        });
        match drawn {
            Ok(measures) => {
                list.push(json!({ "map": name, "measures": measures.to_json() }));
                text += &(line(&name, &measures.paths) + "\n");
                all.push(measures.paths);
            }
            Err(error) => bar.suspend(|| eprintln!("{name}: {error}")),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if all.is_empty() {
        return Err(format!("{}: no map below it was measured", folder.display()).into());
    }
    if asked.json {
        return Ok(serde_json::to_string_pretty(&list)? + "\n");
    }
    if let Some(sum) = together(&all) {
        text += &(line("all", &sum) + "\n");
    }
    Ok(text)
}

const HEAD: &str = "map                          pairs planned real   lifted harm k-out redac cover known | driven: >1.05   p95  most | by doors: >1.05  >1.5   p95  most";

fn line(name: &str, of: &PathMeasures) -> String {
    format!(
        "{name:<28} {:>5} {:>7} {:>6} {:>6} {:>4} {:>5} {:>5} {:.3} {:.3} |         {:.3} {:.3} {:.3} |           {:.3} {:.3} {:.3} {:.3}",
        of.pairs,
        of.planned,
        of.reachable,
        of.lifted,
        of.collisions,
        of.keep_outs_crossed,
        of.redacted_entered,
        of.coverage,
        of.known_coverage,
        of.stretch.share_over(1.05),
        of.stretch.quantile(0.95),
        of.stretch.most(),
        of.by_doors.share_over(1.05),
        of.by_doors.share_over(1.5),
        of.by_doors.quantile(0.95),
        of.by_doors.most(),
    )
}

/// All maps as one: counts added, paths pooled, the least coverages.
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
        sum.known_coverage = sum.known_coverage.min(of.known_coverage);
    }
    let pool = |pick: fn(&PathMeasures) -> &Stretch| {
        Stretch::of(all.iter().flat_map(|of| pick(of).values().iter().copied()).collect())
    };
    sum.stretch = pool(|of| &of.stretch);
    sum.phantom_stretch = pool(|of| &of.phantom_stretch);
    sum.by_doors = pool(|of| &of.by_doors);
    Some(sum)
}
