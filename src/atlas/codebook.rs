//! x
#[derive(Debug)]
pub struct Codebook;
