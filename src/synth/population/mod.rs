//! A population of homes like people's, to choose by and to measure on.
//!
//! What a release costs depends on the homes. This is a mixture whose shares were counted on public floor plans, and
//! not on the maps that anything here is shown on. One half are small flats, as 1,186 rented ones in Japan: 9 to 86 m²,
//! the median 28.5, most with one to three rooms besides bedrooms, nurseries, bathrooms and toilets. The other half are
//! family homes, as 3,486 Finnish ones: four to ten rooms and more, three to eight of them kept, with the kinds of
//! rooms and the shapes of door graphs that were found there; their size is that of 17,000 plans of a third collection
//! (median 110 m²). A robot's map seldom has closets of less than 2 m², so these are floor of the room next to them:
//! half of the storage rooms and a quarter of the rooms of other kinds, shares of ours.
//!
//! A home is drawn in the steps of [`HomeRecipe`](super::HomeRecipe): rooms from the counts (`brief`), a layout in a
//! style that has room for them, doors. Layouts are drawn until its door graph has the shape that was drawn for it
//! (`graph`). Then it is furnished and seen by a robot's laser, and the rooms keep their labels. What stays ours: walls
//! at right angles, the sizes of single rooms, where the dock is, and all that the counts do not tell.
//!
//! Homes of even numbers are small flats, of odd numbers family homes. Whatever is chosen by homes is chosen by those
//! of the [design half](Population::Design), and measured on the [evaluation half](Population::Evaluation).

mod brief;
mod graph;
mod population;
#[cfg(test)]
mod tests;

pub use population::Population;
