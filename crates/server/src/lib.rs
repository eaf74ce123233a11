//! The program's own parts: the demo clinic. Stories start from here.

pub mod demo;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;
