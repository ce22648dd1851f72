//! How well rooms that were found agree with rooms that are known.
//!
//! Papers differ in what they measure and in the pixels they count, and both move the figures by more than most
//! methods differ; so each figure is named after its definition, and the mask is always named.
//!
//! * **recall and precision** (Bormann, Jordan, Li, Hampp & Hägele 2016, ICRA): for each true room the
//!   largest overlap with a found one over the true room's area, averaged over the true rooms; and for each
//!   found room the largest overlap with a true one over the found room's area, averaged over the found. Too
//!   few rooms cost precision, too many cost recall.
//! * **MCC** (Mielle, Magnusson & Lilienthal 2018, ICRA, the measure of MAORIS): true and found rooms are
//!   matched one to one, largest overlap first; each match has a table of true and false positives and negatives and
//!   so a Matthews correlation coefficient, each room left over has 0, and the score is the mean. (With one table for
//!   all rooms together large rooms would hide small ones.) MAORIS counts the cells that are in a true room and in a
//!   found one, [`Mask::Both`].
//! * **one-to-one intersection over union**: rooms are matched one to one so that the sum of it is largest (Kuhn
//!   1955, Munkres 1957); the mean of it over the true rooms, 0 for one without a match. The strictest: a wrong cut
//!   costs half a room. It counts all cells, whatever the mask.
//! * **splits and merges**, after the over- and under-segmentation of Hoover et al. 1996 (IEEE PAMI 18): a found room
//!   that lies by half or more in a true one is a part of it, and parts beyond the first are splits; a true room that
//!   lies by half or more in a found one is merged there, and those beyond the first are merges.
//!
//! Robots cut open floors along straight lines that no wall shows. [`join_wide`] makes one room of rooms that
//! meet over more than a given width, so that a segmenter is asked only for what can be seen.
//!
//! Robots also label what their laser saw through a window. Nobody calls that a room; [`walled_share`] tells it
//! by its outline.

mod overlap;
mod score;
mod truth;

pub(crate) use overlap::paint;
pub use score::{Mask, RoomMatch, Score, score};
pub use truth::{join_wide, walled_share};
