//! Whatever the kernel refuses, it can say why in four languages.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kernel::Locale;

/// The codes in `Refusal::new("...")` and `Self::new("...")` of every source file.
fn codes(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            found.extend(codes(&path));
            continue;
        }
        let text = fs::read_to_string(&path).expect("sources are text");
        let refused = text.split("Refusal::new(\"").skip(1).chain(text.split("Self::new(\"").skip(1));
        found.extend(refused.filter_map(|rest| rest.split_once('"')).map(|(code, _)| code.to_owned()));
    }
    found
}

#[test]
fn every_refusal_has_a_sentence_in_every_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let codes = codes(&root.join("src"));
    assert!(codes.contains("name.empty") && codes.contains("phone.unknown"), "{codes:?}");
    for locale in Locale::ALL {
        let sentences = fs::read_to_string(root.join("../../locales").join(locale.code()).join("refusals-kernel.ftl")).unwrap();
        let keys: BTreeSet<_> = sentences.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.to_owned()).collect();
        let expected: BTreeSet<_> = codes.iter().map(|code| format!("refusal-{}", code.replace('.', "-"))).collect();
        assert_eq!(keys, expected, "{locale}");
    }
}
