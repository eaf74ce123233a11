//! A link as a code that a patient's phone reads from the screen of the desk.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

/// Dark squares as one path on a square of `size`, with the quiet edge that readers need.
pub struct QrCode {
    pub size: usize,
    pub path: String,
}

/// The standard asks for four light squares around the code.
const EDGE: usize = 4;

impl QrCode {
    /// None where the link is too long for any code.
    pub fn of(link: &str) -> Option<Self> {
        let code = QRBuilder::new(link).ecl(ECL::M).build().ok()?;
        let mut path = String::new();
        for row in 0..code.size {
            for column in (0..code.size).filter(|column| code[row][*column].value()) {
                write!(path, "M{} {}h1v1h-1z", column + EDGE, row + EDGE).expect("a string");
            }
        }
        Some(Self { size: code.size + 2 * EDGE, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_becomes_a_code_with_its_three_corners() {
        let code = QrCode::of("https://t.me/clinic_bot?start=abc").unwrap();
        assert!(code.size > 21 + EDGE && code.path.starts_with("M4 4h1v1h-1z"), "{}", code.path);
        let last = code.size - EDGE - 1;
        for corner in [format!("M{last} 4h"), format!("M4 {last}h")] {
            assert!(code.path.contains(&corner), "{corner}");
        }
        assert!(QrCode::of(&"x".repeat(4_000)).is_none());
    }
}
