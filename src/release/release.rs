//! The release itself.

use super::certificate::Certificate;
use super::floor::Floor;
use crate::atlas::{FRAME, Frame};

/// The public map of a home that cannot tell the home. It may leave the robot.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    pub(super) floors: Vec<Floor>,
    pub(super) areas: u32,
    pub(super) certificate: Certificate,
}

impl Release {
    pub(crate) const fn new(floors: Vec<Floor>, areas: u32, certificate: Certificate) -> Self {
        Self { floors, areas, certificate }
    }

    /// The frame that the floors are drawn in, the same for every release.
    #[must_use]
    pub const fn frame(&self) -> Frame {
        FRAME
    }

    /// The floors; their number is the policy's, not the home's.
    #[must_use]
    pub fn floors(&self) -> &[Floor] {
        &self.floors
    }

    /// Number of areas a command may name. Which of them mean something, only the key knows.
    #[must_use]
    pub const fn areas(&self) -> u32 {
        self.areas
    }

    /// How the release was drawn, and what that lets it tell.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }
}
