//! The cloud: it has the bytes of a release and of messages, and nothing else.

use std::error::Error;

use geo_types::Rect;
use homeveil::atlas::ZoneId;
use homeveil::home::Footprint;
use homeveil::keeper::{Command, CommandId, Order};
use homeveil::key::{AreaId, Goal};
use homeveil::navigate::{FreeSpace, Navigator};
use homeveil::release::Floor;
use homeveil::{Policy, Release};
use nalgebra::Point2;

use crate::told::Told;

#[derive(Default)]
pub(crate) struct Cloud {
    release: Option<Release>,
    bytes: Vec<u8>,
    commands: u64,
}

impl Cloud {
    /// Reads a release, checks it, and says what it is.
    pub(crate) fn receive(
        &mut self,
        bytes: &[u8],
        policy: &Policy,
        told: &mut Told,
    ) -> Result<(), Box<dyn Error>> {
        if self.bytes == bytes {
            told.cloud("a release: the same bytes as before");
            return Ok(());
        }
        let release = Release::from_json(bytes)?;
        release.verify_under(policy)?;
        let floor = &release.floors()[0];
        told.cloud(format!(
            "a release of {} bytes: plan {}, {} zones, {} doors, {} areas without names",
            bytes.len(),
            floor.plan(),
            floor.zones().len(),
            floor.doors().len(),
            release.areas()
        ));
        (self.release, self.bytes) = (Some(release), bytes.to_vec());
        Ok(())
    }

    pub(crate) fn floor(&self) -> Result<&Floor, Box<dyn Error>> {
        Ok(self.release.as_ref().and_then(|release| release.floors().first()).ok_or("no release yet")?)
    }

    /// The JSON of a command with the next number.
    pub(crate) fn command(&mut self, goal: Goal, told: &mut Told) -> Result<Vec<u8>, Box<dyn Error>> {
        self.commands += 1;
        let places = if let Goal::Path(path) = &goal { Some(path.len()) } else { None };
        let order = Order::Go { floor: 0, goals: vec![goal], repeats: 1 };
        let command = Command { client: 0, id: CommandId::new(self.commands), order };
        let json = serde_json::to_string(&command)?;
        told.cloud(match places {
            Some(places) => format!("> command {}: a path of {places} places", self.commands),
            None => format!("> {json}"),
        });
        Ok(json.into_bytes())
    }

    pub(crate) fn zone(&self, number: u8) -> Result<Goal, Box<dyn Error>> {
        Ok(Goal::Zone(self.floor()?.zones().get(usize::from(number - 1)).ok_or("no such zone")?.id))
    }

    pub(crate) const fn area(number: u32) -> Goal {
        Goal::Area(AreaId::new(number))
    }

    /// Metres of the release, at these shares of a zone's width and height.
    fn place(&self, zone: ZoneId, across: f64, up: f64) -> Result<Point2<f64>, Box<dyn Error>> {
        let floor = self.floor()?;
        let rect = floor.zones().iter().find(|other| other.id == zone).ok_or("no such zone")?.rect;
        let metres = |from: u32, cells: u32, share: f64| {
            (f64::from(from) + f64::from(cells) * share) * floor.grid().resolution_m()
        };
        let round = |metres: f64| (metres * 100.0).round() / 100.0;
        let (x, y) = (metres(rect.x, rect.width, across), metres(rect.y, rect.height, up));
        Ok(Point2::new(round(x), round(y)))
    }

    pub(crate) fn spot(&self, zone: u8) -> Result<Goal, Box<dyn Error>> {
        Ok(Goal::Spot(self.place(ZoneId::new(zone), 0.5, 0.4)?))
    }

    /// The middle of a zone.
    pub(crate) fn rect(&self, zone: u8) -> Result<Rect<f64>, Box<dyn Error>> {
        let (low, high) =
            (self.place(ZoneId::new(zone), 0.3, 0.3)?, self.place(ZoneId::new(zone), 0.6, 0.6)?);
        Ok(Rect::new((low.x, low.y), (high.x, high.y)))
    }

    /// A path from the drawn dock to the middle of a zone, planned on the release as on any map.
    pub(crate) fn path(&self, zone: u8) -> Result<Goal, Box<dyn Error>> {
        let floor = self.floor()?;
        let space = FreeSpace::of(floor.grid(), Footprint::disc_m(0.17)?, &[]);
        let metres = |cell: u32| (f64::from(cell) + 0.5) * floor.grid().resolution_m();
        let dock = Point2::new(metres(floor.dock().x), metres(floor.dock().y));
        let path = Navigator::new().path(&space, dock, self.place(ZoneId::new(zone), 0.5, 0.5)?)?;
        Ok(Goal::Path(path.points().collect()))
    }
}
