//! Something could not be shown or done: what it was, a code to name it by, and a way on.

pub mod view;
