//! Commands of the cloud, and what the robot has to do for them.

use alloc::vec;
use alloc::vec::Vec;

use homeveil::keeper::{Command, CommandId, MAX_COMMAND_BYTES, Order, Received};
use homeveil::key::{Goal, KeyError, Task};
use homeveil::nalgebra::Isometry2;
use zeroize::Zeroize;

use super::object::{Stored, at, homeveil_device, on_device};
use crate::border::{self, Place, guarded, row, shared};
use crate::bytes::homeveil_bytes;
use crate::home::homeveil_point;
use crate::status::homeveil_status;

/// Where the robot is, in its own frame.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct homeveil_pose {
    /// Along the first axis.
    pub x_m: f64,
    /// Along the second axis.
    pub y_m: f64,
    /// Where it looks, in radians from the first axis towards the second.
    pub yaw_rad: f64,
}

layout!(homeveil_pose: x_m at 0, y_m at 8, yaw_rad at 16; 24);

impl From<homeveil_pose> for Isometry2<f64> {
    fn from(pose: homeveil_pose) -> Self {
        crate::home::pose(homeveil_point { x_m: pose.x_m, y_m: pose.y_m }, pose.yaw_rad)
    }
}

/// Cells of one row of the map that the robot gave.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct homeveil_run {
    /// The first column.
    pub x: u32,
    /// The row, from below.
    pub y: u32,
    /// How many cells.
    pub len: u32,
}

layout!(homeveil_run: x at 0, y at 4, len at 8; 12);

/// A command that was accepted.
pub struct homeveil_command {
    command: Command,
}

/// What the robot has to do for a command: for each goal, cells to clean or a path to drive. Private, and wiped when it
/// is freed.
pub struct homeveil_tasks {
    tasks: Vec<OneTask>,
}

/// One goal's task, as C programs see it.
struct OneTask {
    kind: i32,
    status: homeveil_status,
    runs: Vec<homeveil_run>,
    path: Vec<homeveil_point>,
}

impl OneTask {
    fn wipe(&mut self) {
        for run in &mut self.runs {
            [&mut run.x, &mut run.y, &mut run.len].into_iter().for_each(Zeroize::zeroize);
        }
        for at in &mut self.path {
            [&mut at.x_m, &mut at.y_m].into_iter().for_each(Zeroize::zeroize);
        }
    }
}

impl Drop for OneTask {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// Go and do the tasks of the command.
pub const HOMEVEIL_ORDER_GO: i32 = 0;
/// Give up all commands and stay.
pub const HOMEVEIL_ORDER_STOP: i32 = 1;
/// Stay until "resume".
pub const HOMEVEIL_ORDER_PAUSE: i32 = 2;
/// Go on after "pause".
pub const HOMEVEIL_ORDER_RESUME: i32 = 3;
/// Give up all commands and go to the dock.
pub const HOMEVEIL_ORDER_DOCK: i32 = 4;
/// Give up one command: `homeveil_command_canceled` says which.
pub const HOMEVEIL_ORDER_CANCEL: i32 = 5;
/// An order that this header does not know.
pub const HOMEVEIL_ORDER_OTHER: i32 = -1;

/// Nothing to do: the area is not bound, or what was asked for is barred or out of reach today.
pub const HOMEVEIL_TASK_NOTHING: i32 = 0;
/// Cells to clean.
pub const HOMEVEIL_TASK_CLEAN: i32 = 1;
/// A path to drive.
pub const HOMEVEIL_TASK_DRIVE: i32 = 2;

/// A command of the cloud, JSON of `len` bytes. Gives the answer, JSON for the cloud, whatever the command is; and
/// where it was accepted the command, else NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_on_command(
    device: *mut homeveil_device,
    json: *const u8,
    len: usize,
    now_s: u64,
    answer: *mut *mut homeveil_bytes,
    command: *mut *mut homeveil_command,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let answer = unsafe { Place::at(answer) }?;
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(command) }?;
        // SAFETY: NULL or as many bytes, as all functions demand of theirs.
        let json = unsafe { row(json, len) }?;
        let Received { answer: message, command } = device.on_command(json, at(now_s))?;
        answer.give(homeveil_bytes::new(message.to_json().into_bytes()));
        give_or_null(place, command);
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// The command number `index` of those that are under way and that the robot is not done with, in their order, or NULL
/// past the last: what a robot asks for after it was started again, and waits with where they are paused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_pending(
    device: *mut homeveil_device,
    index: usize,
    now_s: u64,
    command: *mut *mut homeveil_command,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(command) }?;
        give_or_null(place, device.pending(at(now_s))?.into_iter().nth(index));
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// The robot is done with a command, whatever came of it: `homeveil_device_pending` does not give it any more, so that
/// a robot that is started again does not do it twice. The cloud is told nothing: "done" leaves at its time. Call it
/// when the robot is ready, also where the policy opts in to nothing. `HOMEVEIL_STATUS_UNKNOWN_COMMAND` where "done"
/// was said or the command was given up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_robot_is_done(
    device: *mut homeveil_device,
    client: u32,
    id: u64,
) -> homeveil_status {
    // SAFETY: as all functions demand.
    unsafe { on_device(device, |device| Ok(device.robot_is_done(client, CommandId::new(id))?)) }
}

/// Whether the cloud has paused what is under way, also before the robot was started again: 1 or 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_is_paused(
    device: *mut homeveil_device,
    now_s: u64,
    paused: *mut i32,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a number, as all functions demand of their results.
        let place = unsafe { Place::at(paused) }?;
        place.put(device.is_paused(at(now_s))?.into());
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

fn give_or_null(place: Place<*mut homeveil_command>, command: Option<Command>) {
    match command {
        Some(command) => place.give(homeveil_command { command }),
        None => place.put(core::ptr::null_mut()),
    }
}

/// What a command is about, one of `HOMEVEIL_ORDER_…`; `HOMEVEIL_ORDER_OTHER` for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_command_order(command: *const homeveil_command) -> i32 {
    // SAFETY: NULL or an object of the library's, as all functions demand.
    match unsafe { command.as_ref() }.map(|command| &command.command.order) {
        Some(Order::Go { .. }) => HOMEVEIL_ORDER_GO,
        Some(Order::Stop) => HOMEVEIL_ORDER_STOP,
        Some(Order::Pause) => HOMEVEIL_ORDER_PAUSE,
        Some(Order::Resume) => HOMEVEIL_ORDER_RESUME,
        Some(Order::Dock) => HOMEVEIL_ORDER_DOCK,
        Some(Order::Cancel(_)) => HOMEVEIL_ORDER_CANCEL,
        _ => HOMEVEIL_ORDER_OTHER,
    }
}

/// Who gave a command: the client's number, and the client's number of the command.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_command_ids(
    command: *const homeveil_command,
    client: *mut u32,
    id: *mut u64,
) -> homeveil_status {
    guarded(|| {
        // SAFETY: NULL or memory for a number, as all functions demand of their results.
        let client = unsafe { Place::at(client) }?;
        // SAFETY: NULL or memory for a number, as all functions demand of their results.
        let id = unsafe { Place::at(id) }?;
        // SAFETY: NULL or an object of the library's, as all functions demand.
        let command = &unsafe { shared(command) }?.command;
        client.put(command.client);
        id.put(command.id.get());
        Ok(())
    })
}

/// How often the tasks of a command are to be done: 1 or more to go, else 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_command_repeats(command: *const homeveil_command) -> u8 {
    // SAFETY: NULL or an object of the library's, as all functions demand.
    match unsafe { command.as_ref() }.map(|command| &command.command.order) {
        Some(&Order::Go { repeats, .. }) => repeats,
        _ => 0,
    }
}

/// The floor of a command to go, from 0: what its tasks are on, in cells of that floor's map. 0 for any other.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_command_floor(command: *const homeveil_command) -> u8 {
    // SAFETY: NULL or an object of the library's, as all functions demand.
    match unsafe { command.as_ref() }.map(|command| &command.command.order) {
        Some(&Order::Go { floor, .. }) => floor,
        _ => 0,
    }
}

/// Which command a "cancel" gives up: the number that the same client gave it. `HOMEVEIL_STATUS_UNKNOWN_COMMAND` where
/// the command is no "cancel".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_command_canceled(
    command: *const homeveil_command,
    id: *mut u64,
) -> homeveil_status {
    guarded(|| {
        // SAFETY: NULL or memory for a number, as all functions demand of their results.
        let id = unsafe { Place::at(id) }?;
        // SAFETY: NULL or an object of the library's, as all functions demand.
        let Order::Cancel(canceled) = unsafe { shared(command) }?.command.order else {
            return Err(homeveil_status::UnknownCommand);
        };
        id.put(canceled.get());
        Ok(())
    })
}

/// Frees a command. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_command_free(command: *mut homeveil_command) {
    // SAFETY: NULL or an object that `Place::give` gave out, as all functions demand.
    unsafe { border::free(command) }
}

/// What the robot, at this pose, has to do for a command on today's map of the command's floor. None for an order that
/// needs no place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_tasks(
    device: *mut homeveil_device,
    command: *const homeveil_command,
    pose: homeveil_pose,
    now_s: u64,
    tasks: *mut *mut homeveil_tasks,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(tasks) }?;
        // SAFETY: NULL or an object of the library's, as all functions demand.
        let command = unsafe { shared(command) }?;
        let tasks = device.tasks(&command.command, pose.into(), at(now_s))?;
        place.give(homeveil_tasks { tasks: tasks.into_iter().map(OneTask::from).collect() });
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// What the robot, at this pose, has to do for a goal of its owner's, on today's map of a floor: a button on the robot,
/// a schedule in it. `goal` is JSON of `len` bytes, as the `goal` of a command: `"all"`, `{"zone":1}`, `{"area":3}`;
/// `HOMEVEIL_STATUS_GOAL` where it is not. One task. The cloud hears nothing of it, no command is under way, and no
/// consent is asked for: nothing leaves. What it says holds on the last map that `homeveil_device_on_map` took: where
/// that was not OK for the map of today, do not drive it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_resolve(
    device: *mut homeveil_device,
    floor: u8,
    goal: *const u8,
    len: usize,
    pose: homeveil_pose,
    tasks: *mut *mut homeveil_tasks,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(tasks) }?;
        // SAFETY: NULL or as many bytes, as all functions demand of theirs.
        let json = Some(unsafe { row(goal, len) }?).filter(|json| json.len() <= MAX_COMMAND_BYTES);
        let goal = json.and_then(|json| serde_json::from_slice::<Goal>(json).ok());
        let goal = goal.ok_or(homeveil_status::Goal)?;
        let task = device.keeper().key_of(floor)?.resolve(pose.into(), &goal);
        place.give(homeveil_tasks { tasks: vec![task.into()] });
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

impl From<Result<Task, KeyError>> for OneTask {
    fn from(task: Result<Task, KeyError>) -> Self {
        let mut own = Self {
            kind: HOMEVEIL_TASK_NOTHING,
            status: homeveil_status::Ok,
            runs: Vec::new(),
            path: Vec::new(),
        };
        // Of one allocation each: a list that grows would leave its beginnings behind.
        match task {
            Ok(Task::Clean(region)) => {
                own.kind = HOMEVEIL_TASK_CLEAN;
                own.runs.reserve_exact(region.runs().count());
                let runs = region.runs().map(|run| homeveil_run { x: run.x(), y: run.y(), len: run.len() });
                own.runs.extend(runs);
            }
            Ok(Task::Drive(path)) => {
                own.kind = HOMEVEIL_TASK_DRIVE;
                own.path.reserve_exact(path.points().len());
                own.path.extend(path.points().map(|at| homeveil_point { x_m: at.x, y_m: at.y }));
            }
            Ok(_) => {}
            Err(error) => own.status = error.into(),
        }
        own
    }
}

/// How many tasks there are; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_tasks_len(tasks: *const homeveil_tasks) -> usize {
    // SAFETY: NULL or an object of the library's, as all functions demand.
    unsafe { tasks.as_ref() }.map_or(0, |tasks| tasks.tasks.len())
}

/// # Safety
/// The pointer is NULL or an object of the library's.
unsafe fn task<'a>(tasks: *const homeveil_tasks, index: usize) -> Option<&'a OneTask> {
    // SAFETY: the caller's promise.
    unsafe { tasks.as_ref() }?.tasks.get(index)
}

/// What a task is, one of `HOMEVEIL_TASK_…`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_tasks_kind(tasks: *const homeveil_tasks, index: usize) -> i32 {
    // SAFETY: NULL or an object of the library's, as all functions demand.
    unsafe { task(tasks, index) }.map_or(HOMEVEIL_TASK_NOTHING, |task| task.kind)
}

/// Why a task is nothing to do today: `HOMEVEIL_STATUS_OK` where there is something, or nothing by the owner's choice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_tasks_status(
    tasks: *const homeveil_tasks,
    index: usize,
) -> homeveil_status {
    // SAFETY: NULL or an object of the library's, as all functions demand.
    unsafe { task(tasks, index) }.map_or(homeveil_status::Number, |task| task.status)
}

/// The cells to clean, in runs of the map's cells, and their number in `len`. Valid until the tasks are freed; NULL
/// where there are none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_tasks_runs(
    tasks: *const homeveil_tasks,
    index: usize,
    len: *mut usize,
) -> *const homeveil_run {
    // SAFETY: NULL or an object of the library's, as all functions demand.
    let runs = unsafe { task(tasks, index) }.map_or(&[][..], |task| &task.runs);
    // SAFETY: NULL or memory for a number, as all functions demand of their results.
    unsafe { listed(runs, len) }
}

/// The places of the path to drive, and their number in `len`. Valid until the tasks are freed; NULL where there are
/// none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_tasks_path(
    tasks: *const homeveil_tasks,
    index: usize,
    len: *mut usize,
) -> *const homeveil_point {
    // SAFETY: NULL or an object of the library's, as all functions demand.
    let path = unsafe { task(tasks, index) }.map_or(&[][..], |task| &task.path);
    // SAFETY: NULL or memory for a number, as all functions demand of their results.
    unsafe { listed(path, len) }
}

/// # Safety
/// `len` is NULL or memory for a number.
unsafe fn listed<T>(values: &[T], len: *mut usize) -> *const T {
    // SAFETY: the caller's promise.
    if let Ok(place) = unsafe { Place::at(len) } {
        place.put(values.len());
    }
    if values.is_empty() { core::ptr::null() } else { values.as_ptr() }
}

/// Wipes tasks and frees them. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_tasks_free(tasks: *mut homeveil_tasks) {
    // SAFETY: NULL or an object that `Place::give` gave out, as all functions demand.
    unsafe { border::free(tasks) }
}

#[cfg(test)]
mod tests {
    use super::{HOMEVEIL_TASK_CLEAN, OneTask, homeveil_point, homeveil_run};
    use crate::status::homeveil_status;

    #[test]
    fn a_wiped_task_says_nothing_of_the_home() {
        let runs = vec![homeveil_run { x: 1, y: 2, len: 3 }; 4];
        let path = vec![homeveil_point { x_m: 1.0, y_m: 2.0 }; 4];
        let mut task = OneTask { kind: HOMEVEIL_TASK_CLEAN, status: homeveil_status::Ok, runs, path };
        task.wipe();
        assert!(task.runs.iter().all(|run| (run.x, run.y, run.len) == (0, 0, 0)) && task.runs.len() == 4);
        let there = task.path.iter().map(|at| at.x_m.to_bits() | at.y_m.to_bits());
        assert!(there.eq([0; 4]));
    }
}
