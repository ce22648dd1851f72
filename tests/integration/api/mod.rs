//! The release as others meet it: its JSON, what checking it refuses, and the files it is written to.

mod bytes;
mod formats;
mod json;
mod stored;
mod stored_device;
mod tampering;
