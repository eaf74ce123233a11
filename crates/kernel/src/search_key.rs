//! The key under which a text is found again, whatever script, case or digits it was typed in.
