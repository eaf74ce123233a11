//! On what it was measured, and when.

use std::fs;
use std::time::SystemTime;

use kernel::{Timestamp, Zone};

/// Processor, how many of it, memory and day, in one line.
#[expect(clippy::disallowed_methods, reason = "a figure stands with its day")]
pub fn described() -> String {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let today = Timestamp::from_seconds(since.as_secs().cast_signed()).date(&Zone::utc());
    let model = line_of("/proc/cpuinfo", "model name").unwrap_or_else(|| "a processor that does not say its name".to_owned());
    let memory = line_of("/proc/meminfo", "MemTotal").unwrap_or_else(|| "unknown".to_owned());
    format!("{processors} × {model}, memory {memory}, {today}")
}

/// What stands behind a name in one of Linux's tables.
fn line_of(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
