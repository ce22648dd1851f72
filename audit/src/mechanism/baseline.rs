//! What is usually done to maps of homes.

use homeveil::grid::{Cell, OccupancyGrid};
use homeveil::{Coins, Policy};

use super::drive::Placed;
use super::{Mechanism, Seen, cells, drive};
use crate::AuditError;
use crate::population::{RoomFact, Subject};

/// Cells along the longer side of a map drawn to a constant size.
const CONSTANT_SIDE: u32 = 64;

/// Side of a coarser cell, in metres, as near as whole cells make it.
const COARSE_M: f64 = 0.3;

/// Cells by which a wall is moved at most.
const JITTER: u32 = 2;

/// ε of geo-indistinguishability, a metre: ln 4 within 0.2 m, after the choice of ln 4 within a radius of Andrés et al.
const GEO_EPSILON_PER_M: f64 = 6.931_471_805_599_453;

/// λ of the noise on single cells.
const LAMBDA_OF_A_CELL: u64 = 2;

/// Something that is usually done to a map, or a part of what the library does. None has a proof.
///
/// ```
/// use homeveil::Coins;
/// use homeveil_audit::mechanism::{Baseline, Mechanism};
/// let home = homeveil_audit::population::Subject::new(homeveil::synth::sample_home())?;
/// let bytes = |baseline: Baseline| baseline.release(&home, &mut Coins::replayed(1)).map(|seen| seen.bytes.len());
/// assert!(bytes(Baseline::Coarse)? * 20 < bytes(Baseline::Raw)?);
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// The map as it is.
    Raw,
    /// Cut to what is known, and drawn to a constant size.
    Rescaled,
    /// Drawn in larger cells.
    Coarse,
    /// Walls moved at random.
    Jittered,
    /// Cropped, drawn to a constant size, and jittered.
    RescaledJittered,
    /// The walls alone, each with planar Laplace noise.
    GeoIndistinguishable,
    /// Bedrooms, bathrooms and the like taken out.
    Redacted,
    /// Rooms merged into four zones.
    Merged,
    /// Redacted, merged, and noise on every cell instead of public plans.
    NoiseOnCells,
    /// A list of four zones and no map.
    ZoneList,
}

impl Baseline {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Raw,
        Self::Rescaled,
        Self::Coarse,
        Self::Jittered,
        Self::RescaledJittered,
        Self::GeoIndistinguishable,
        Self::Redacted,
        Self::Merged,
        Self::NoiseOnCells,
        Self::ZoneList,
    ];

    /// Those that are called anonymization: a map is given out, altered.
    pub const NAIVE: [Self; 4] = [Self::Rescaled, Self::Coarse, Self::Jittered, Self::RescaledJittered];

    /// The map that leaves and where it lies; nothing for a list.
    fn placed(self, subject: &Subject, coins: &mut Coins) -> Result<Option<Placed>, AuditError> {
        let grid = &subject.map().grid;
        let here = |grid: OccupancyGrid| Some(Placed { grid, corner_m: [0.0, 0.0], scale: 1.0 });
        Ok(match self {
            Self::Raw | Self::Merged => here(grid.clone()),
            Self::Rescaled => Some(rescaled(grid)?),
            Self::Coarse => {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to 60")]
                let cells = (COARSE_M / grid.resolution_m()).round().max(1.0) as u32;
                let sides = [grid.width(), grid.height()].map(|side| side.div_ceil(cells));
                // The last cells may be a little smaller than the others: the outside is unknown.
                here(cells::resampled(grid, sides, grid.resolution_m() * f64::from(cells))?)
            }
            Self::Jittered => here(cells::jittered(grid, JITTER, coins)?),
            Self::RescaledJittered => {
                let placed = rescaled(grid)?;
                Some(Placed { grid: cells::jittered(&placed.grid, 1, coins)?, ..placed })
            }
            Self::GeoIndistinguishable => here(cells::walls_with_laplace(grid, GEO_EPSILON_PER_M, coins)?),
            Self::Redacted => here(redacted(subject)?),
            Self::NoiseOnCells => here(cells::flipped(&redacted(subject)?, LAMBDA_OF_A_CELL, coins)?),
            Self::ZoneList => None,
        })
    }

    /// Square metres, as shown, of rooms or zones.
    fn regions_m2(self, subject: &Subject, scale: f64) -> Result<Vec<f64>, AuditError> {
        let area = |room: &RoomFact| room.area_m2 * scale * scale;
        Ok(match self {
            Self::Raw | Self::Rescaled | Self::Coarse | Self::Jittered | Self::RescaledJittered => {
                subject.rooms().iter().map(area).collect()
            }
            Self::Redacted => subject.rooms().iter().filter(|room| !is_redacted(room)).map(area).collect(),
            Self::Merged => subject.merged_m2()?.to_vec(),
            Self::NoiseOnCells => subject.sealed()?.zones_m2.clone(),
            Self::GeoIndistinguishable | Self::ZoneList => Vec::new(),
        })
    }
}

impl Baseline {
    /// A seed of its own for each baseline and each map, so that no two homes are driven by the same noise (FNV-1a).
    fn seed(self, subject: &Subject) -> u64 {
        let bytes = self.name().into_bytes().into_iter().chain(cells::bytes(&subject.map().grid));
        bytes
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }
}

fn is_redacted(room: &RoomFact) -> bool {
    room.kind.is_some_and(|kind| Policy::default().redacted_kinds().contains(&kind))
}

/// Cropped and drawn to a constant size; metres mean nothing on it.
fn rescaled(grid: &OccupancyGrid) -> Result<Placed, AuditError> {
    let (known, corner) = cells::cropped(grid)?;
    let longer = known.width().max(known.height());
    let sides = [known.width(), known.height()].map(|side| (side * CONSTANT_SIDE / longer).max(1));
    let resolution_m = grid.resolution_m();
    Ok(Placed {
        grid: cells::resampled(&known, sides, resolution_m)?,
        corner_m: corner.map(|n| f64::from(n) * resolution_m),
        scale: f64::from(CONSTANT_SIDE) / f64::from(longer),
    })
}

/// Without the floor of redacted rooms.
fn redacted(subject: &Subject) -> Result<OccupancyGrid, AuditError> {
    let grid = &subject.map().grid;
    let mut out = grid.cells().to_vec();
    for (room, _) in subject.listed().iter().zip(subject.rooms()).filter(|(_, fact)| is_redacted(fact)) {
        for run in room.runs() {
            let row = run.y() as usize * grid.width() as usize;
            out[row + run.x() as usize..row + run.columns().end as usize].fill(Cell::Unknown);
        }
    }
    Ok(OccupancyGrid::new(grid.width(), grid.height(), grid.resolution_m(), out)?)
}

impl Mechanism for Baseline {
    fn name(&self) -> String {
        let name = match self {
            Self::Raw => "raw map",
            Self::Rescaled => "cropped and rescaled",
            Self::Coarse => "coarser cells",
            Self::Jittered => "wall jitter",
            Self::RescaledJittered => "rescaled and jittered",
            Self::GeoIndistinguishable => "geo-indistinguishable walls",
            Self::Redacted => "redaction alone",
            Self::Merged => "merging alone",
            Self::NoiseOnCells => "without public plans",
            Self::ZoneList => "plain list of zones",
        };
        name.to_owned()
    }

    fn about(&self) -> String {
        let about = match self {
            Self::Raw => "The robot's map as it is.",
            Self::Rescaled => {
                "The map cut to what is known and drawn to a constant size, so that it shows no metres."
            }
            Self::Coarse => "The map in cells of 0.3 m.",
            Self::Jittered => "The map with every piece of wall moved by up to two cells.",
            Self::RescaledJittered => {
                "The map cropped, drawn to a constant size in coarse cells, its walls moved."
            }
            Self::GeoIndistinguishable => {
                "The walls alone, each piece moved by the noise that protects places of people."
            }
            Self::Redacted => "The map without bedrooms and bathrooms.",
            Self::Merged => "The map with rooms joined into four zones.",
            Self::NoiseOnCells => {
                "As homeveil, but with noise on every cell of the true map instead of public plans."
            }
            Self::ZoneList => "\"Zones 1, 2, 3, 4\" and no map.",
        };
        about.to_owned()
    }

    fn release(&self, subject: &Subject, coins: &mut Coins) -> Result<Seen, AuditError> {
        let Some(placed) = self.placed(subject, coins)? else {
            let bytes = b"zones 1 2 3 4".to_vec();
            return Ok(Seen { bytes, grid: None, regions_m2: Vec::new(), outcome: Some(0) });
        };
        let regions_m2 = self.regions_m2(subject, placed.scale)?;
        let mut bytes = cells::bytes(&placed.grid);
        // As little as there is to say of a room.
        bytes.extend(regions_m2.iter().flat_map(|area| format!("{area:.2} ").into_bytes()));
        Ok(Seen { bytes, grid: Some(placed.grid), regions_m2, outcome: None })
    }

    fn tour(&self, subject: &Subject) -> Result<Option<f64>, AuditError> {
        match self.placed(subject, &mut Coins::replayed(self.seed(subject)))? {
            Some(placed) => drive::by_map(subject, &placed),
            None => drive::by_chance(subject),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Baseline, Mechanism};
    use crate::population::{Half, Made, Population};

    /// Of some homes several have as many rooms; each is driven by noise of its own, under each baseline.
    #[test]
    fn every_home_has_noise_of_its_own() {
        let homes = Made.subjects(Half::Design, 12).unwrap();
        let rooms: BTreeSet<usize> = homes.iter().map(|home| home.rooms().len()).collect();
        assert!(rooms.len() < homes.len());
        let of = |home| Baseline::ALL.map(|baseline| baseline.seed(home));
        let seeds: BTreeSet<u64> = homes.iter().flat_map(of).collect();
        assert_eq!(seeds.len(), homes.len() * Baseline::ALL.len());
    }

    /// So that findings can be told apart.
    #[test]
    fn names_differ() {
        let names: BTreeSet<String> = Baseline::ALL.iter().map(Mechanism::name).collect();
        assert_eq!(names.len(), Baseline::ALL.len());
    }
}
