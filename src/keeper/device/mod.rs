//! The whole device as one object: store, policy, consent, ledger, keys, commands and log.
//!
//! A [`Device`] boots from its [`Store`](super::Store) alone, in whatever state the power cut left it, and answers as
//! if there had been none. Whatever leaves it is built by the [`Keeper`](super::Keeper) or the
//! [`Outbox`](super::Outbox) and noted in the [`DisclosureLog`](super::DisclosureLog). Log and queue are stored before
//! an answer leaves, where there is room for them; live reports once a minute, and that a "done" was sent at the next
//! call, whichever that is. Without a consent that holds, nothing leaves and no command is heard. The pieces can be had
//! one by one as well.
//!
//! | what happens | call | what goes to the cloud |
//! | --- | --- | --- |
//! | power | [`Device::open`], [`Device::of`] | |
//! | the owner decides | [`Device::consent`], [`Device::withdraw`], [`Device::new_epoch`], [`Device::edit_key`] | |
//! | a map is ready | [`Device::on_map`], [`Device::on_maps`] | |
//! | it is time to send | [`Device::release`] | the release |
//! | a command comes | [`Device::on_command`], then [`Device::tasks`] for the robot | the answer |
//! | the clock ticks, [`Device::next_tick`] | [`Device::on_tick`] | what is done |
//! | the robot moves | [`Device::on_pose`] | what the policy opted in to: nothing by default |

mod commands;
mod device;

pub use device::Device;
