//! Playbooks: what each does, how often it did, its words, and the trace of one run.

pub mod view;
