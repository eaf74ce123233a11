//! The locale files stand inside the program: a new or changed one means that it is built anew.

fn main() {
    println!("cargo:rerun-if-changed=../../locales");
}
