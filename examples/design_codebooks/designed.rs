//! The codebooks of one number of zones: designed, and told as the constants that are shipped, to the byte.

use std::error::Error;

use homeveil::atlas::{Codebook, PlanId};
use homeveil::merge::rank;
use homeveil::sketch::Sketch;

use super::search::{Design, ODDS, Table, designs};
use super::{candidates, homes};

/// What is shipped, as it is written in the library.
pub(crate) const SHIPPED: &str = include_str!("../../src/atlas/shipped.rs");

/// Where in it today's codebooks begin.
const TODAYS: &str = "pub(super) const SHIPPED: &[Shipped] = &[\n";

/// How each of them begins.
const COST: &str = "    // Expected cost ";

/// The longest line; what is longer is broken as `rustfmt` does it.
const WIDTH: usize = 110;

/// Designs the codebooks of K zones for every budget on the first homes, and tells them as they are shipped. Calls
/// `ranked` after each home.
pub(crate) fn designed(zones: u8, count: u64, ranked: impl Fn()) -> Result<Vec<String>, Box<dyn Error>> {
    let own = homes::sketches(0..count)?;
    let plans = candidates::candidates(zones)?;
    // A cost counts thousandths of a tour for each pair of zones.
    let unit = own.len() * usize::from(zones) * usize::from(zones - 1) / 2;
    let told = |(design, odds): (&Design, u32)| {
        let ids: Vec<PlanId> = design.plans.iter().map(|&plan| plans[plan]).collect();
        told(zones, odds, design.preferred, &ids, design.cost.over(unit))
    };
    Ok(designs(&table(zones, &plans, &own, ranked)?, &ODDS).iter().zip(ODDS).map(told).collect())
}

/// What each plan costs in each home.
fn table(
    zones: u8,
    plans: &[PlanId],
    sketches: &[Sketch],
    ranked: impl Fn(),
) -> Result<Table, Box<dyn Error>> {
    let book = Codebook::of_plans(zones, plans, 1)?;
    let costs = sketches.iter().map(|sketch| {
        let costs = rank(sketch, &book).costs().to_vec();
        ranked();
        costs
    });
    Ok(Table::of(&costs.collect::<Vec<_>>()))
}

/// Today's codebooks of K zones, as they are written.
pub(crate) fn shipped(zones: u8) -> Vec<String> {
    let todays = SHIPPED.split_once(TODAYS).map_or("", |(_, rest)| rest);
    let todays = todays.split_once("\n];").map_or("", |(todays, _)| todays);
    let entries = todays.split(COST).filter(|entry| entry.contains(&format!("zones: {zones},")));
    entries.map(|entry| format!("{COST}{}\n", entry.trim_end())).collect()
}

/// A codebook as it is written: on one line, or a field a line, or with its plans on several.
pub(crate) fn told(zones: u8, odds: u32, preferred: usize, plans: &[PlanId], cost: u64) -> String {
    let numbers: Vec<String> = plans.iter().map(|id| grouped(id.get())).collect();
    let plans = numbers.join(", ");
    let line =
        format!("    Shipped {{ zones: {zones}, odds: {odds}, preferred: {preferred}, plans: &[{plans}] }},");
    let head = format!("{COST}{cost}.\n");
    if line.len() <= WIDTH {
        return format!("{head}{line}\n");
    }
    let mut text = format!(
        "{head}    Shipped {{\n        zones: {zones},\n        odds: {odds},\n        preferred: {preferred},\n"
    );
    let line = format!("        plans: &[{plans}],\n");
    if line.trim_end().len() <= WIDTH {
        text += &line;
    } else {
        let lines: Vec<String> =
            filled(&numbers).into_iter().map(|line| format!("            {line}\n")).collect();
        text = text + "        plans: &[\n" + &lines.concat() + "        ],\n";
    }
    text + "    },\n"
}

/// The numbers, each with a comma, as many on a line as fit behind twelve spaces.
fn filled(numbers: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for number in numbers {
        match lines.last_mut() {
            Some(line) if 12 + line.len() + number.len() + 2 <= WIDTH => {
                line.extend([" ", number.as_str(), ","]);
            }
            _ => lines.push(format!("{number},")),
        }
    }
    lines
}

/// A number with its digits in groups of three.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    if digits.len() > 4 { groups.join("_") } else { digits }
}
