//! Playbooks: scripts of care as data, and the pure step that leads one patient through one.
