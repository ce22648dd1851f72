//! The C library's memory as Rust's allocator, for programs without Rust's standard library.

use core::alloc::{GlobalAlloc, Layout};
use core::ffi::c_void;
use core::ptr::null_mut;

// SAFETY: functions of the C library, as C99 declares them.
unsafe extern "C" {
    fn malloc(size: usize) -> *mut c_void;
    fn calloc(count: usize, size: usize) -> *mut c_void;
    fn realloc(block: *mut c_void, size: usize) -> *mut c_void;
    fn free(block: *mut c_void);
}

/// What every `malloc` aligns to: a pointer. Some align no better: ESP-IDF's to 4 bytes, and small blocks of others to
/// 8.
const ALIGNED_ANYWAY: usize = size_of::<usize>();

/// `malloc` and `free`. A block of a coarser alignment has the pointer to free right before it.
pub(crate) struct CMemory;

// SAFETY: blocks are as large and aligned as asked, do not overlap, and stay until they are freed; NULL is failure.
unsafe impl GlobalAlloc for CMemory {
    #[expect(clippy::cast_ptr_alignment, reason = "coarser than a pointer")]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() <= ALIGNED_ANYWAY {
            // SAFETY: any size will do.
            return unsafe { malloc(layout.size()) }.cast();
        }
        let Some(size) = layout.size().checked_add(layout.align()) else { return null_mut() };
        // SAFETY: any size will do.
        let block = unsafe { malloc(size) }.cast::<u8>();
        if block.is_null() {
            return null_mut();
        }
        let ahead = layout.align() - block.addr() % layout.align();
        // SAFETY: at most the alignment, by which the block is larger than asked.
        let aligned = unsafe { block.add(ahead) };
        // SAFETY: malloc aligns to a pointer and the alignment is coarser, so `ahead` is a multiple of a pointer's size
        // and not 0: one fits before.
        let before = unsafe { aligned.cast::<*mut u8>().sub(1) };
        // SAFETY: within the block, and aligned as a pointer.
        unsafe { before.write(block) };
        aligned
    }

    #[expect(clippy::cast_ptr_alignment, reason = "coarser than a pointer")]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if layout.align() <= ALIGNED_ANYWAY {
            // SAFETY: `alloc` got it from `malloc`.
            return unsafe { free(block.cast()) };
        }
        // SAFETY: `alloc` left room for a pointer before the block.
        let before = unsafe { block.cast::<*mut u8>().sub(1) };
        // SAFETY: `alloc` wrote it there.
        let whole = unsafe { before.read() };
        // SAFETY: `alloc` got it from `malloc`.
        unsafe { free(whole.cast()) };
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if layout.align() <= ALIGNED_ANYWAY {
            // SAFETY: any size will do.
            return unsafe { calloc(1, layout.size()) }.cast();
        }
        // SAFETY: the caller's promise.
        let block = unsafe { self.alloc(layout) };
        if !block.is_null() {
            // SAFETY: as many bytes as were just got.
            unsafe { block.write_bytes(0, layout.size()) };
        }
        block
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if layout.align() <= ALIGNED_ANYWAY {
            // SAFETY: `alloc` got it from `malloc`.
            return unsafe { realloc(block.cast(), size) }.cast();
        }
        // SAFETY: the caller promises that the size, rounded up to the alignment, is one.
        let larger = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        // SAFETY: the caller's promise that the size is not 0.
        let new = unsafe { self.alloc(larger) };
        if !new.is_null() {
            // SAFETY: two blocks, each at least as large as the lesser size.
            unsafe { new.copy_from_nonoverlapping(block, layout.size().min(size)) };
            // SAFETY: the caller's block, which nobody uses any more.
            unsafe { self.dealloc(block, layout) };
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use super::{CMemory, GlobalAlloc, Layout};

    #[test]
    fn blocks_are_aligned_keep_their_bytes_and_are_freed() {
        for align in [1, 8, 16, 32, 64, 4096] {
            for size in [1, 24, 1000] {
                let layout = Layout::from_size_align(size, align).unwrap();
                // SAFETY: the size is not 0.
                let block = unsafe { CMemory.alloc_zeroed(layout) };
                assert!(!block.is_null() && block.addr() % align == 0, "{size} by {align}");
                // SAFETY: as many bytes as were asked for.
                let bytes = unsafe { core::slice::from_raw_parts_mut(block, size) };
                assert!(bytes.iter().all(|&byte| byte == 0));
                bytes.fill(7);
                // SAFETY: the block and its layout; twice the size is not 0.
                let block = unsafe { CMemory.realloc(block, layout, 2 * size) };
                assert!(!block.is_null() && block.addr() % align == 0, "{size} by {align}");
                // SAFETY: at least as many bytes as before.
                let bytes = unsafe { core::slice::from_raw_parts(block, size) };
                assert!(bytes.iter().all(|&byte| byte == 7));
                // SAFETY: the block with its layout of now.
                unsafe { CMemory.dealloc(block, Layout::from_size_align(2 * size, align).unwrap()) };
            }
        }
    }
}
