//! The tables of constants in docs/measurements.md: each constant of the sources has a row, and each row a constant.

use std::fs;

use crate::words::{root, sources};

/// Numbers, and tuples and lists of numbers: the types whose constants are listed.
fn is_numeric(of_type: &str) -> bool {
    let mut words = of_type.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    !of_type.starts_with('&')
        && words.all(|word| {
            let bits = word.trim_start_matches(['u', 'i', 'f']);
            bits.parse::<u16>().is_ok() || bits == "size"
        })
}

/// Names and values of the constants in a source, but for those of its tests, which stand at its end.
fn constants(source: &str) -> Vec<(String, String)> {
    let own = source.split("\nmod tests {").next().unwrap().replace(" =\n", " = ");
    let constant = |line: &str| {
        let rest = match line.trim_start().strip_prefix("pub") {
            // Visible somewhere: `pub const`, `pub(super) const`.
            Some(rest) => rest.split_once(" const ").filter(|(of, _)| of.is_empty() || of.ends_with(')'))?.1,
            None => line.trim_start().strip_prefix("const ")?,
        };
        let (name, rest) = rest.split_once(": ")?;
        let (of_type, value) = rest.split_once(" = ")?;
        is_numeric(of_type).then(|| (name.to_owned(), value.trim().trim_end_matches(';').to_owned()))
    };
    own.lines().filter_map(constant).collect()
}

/// The constants of a stage without a row, and the rows without a constant.
fn differences(page: &str, stage: &str) -> Vec<String> {
    let (folder, mut files) = (root().join("src").join(stage), Vec::new());
    sources(&folder, &mut files);
    files.retain(|file| {
        let own = file.strip_prefix(&folder).unwrap();
        !own.starts_with("tests") && !own.file_stem().unwrap().to_str().unwrap().ends_with("tests")
    });
    let mut constants: Vec<_> =
        files.iter().flat_map(|file| constants(&fs::read_to_string(file).unwrap())).collect();
    assert!(constants.len() > 25, "the constants of {stage} are there");
    let title = format!("## Constants of `{stage}`\n");
    let section = page.split(&title).nth(1).unwrap().split("\n## ").next().unwrap();
    let mut faults = Vec::new();
    for row in section.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let of_row = (cells[1].trim_matches('`'), cells[2]);
        match constants.iter().position(|(name, value)| (name.as_str(), value.as_str()) == of_row) {
            Some(at) => drop(constants.swap_remove(at)),
            None => faults.push(format!("{stage}: {} = {} is not what the sources say", of_row.0, of_row.1)),
        }
    }
    // Then those that nobody chose.
    let without =
        section.split("\nNot chosen, so without a row ").nth(1).unwrap().split("\n\n").next().unwrap();
    for name in without.split('`').skip(1).step_by(2) {
        let before = constants.len();
        constants.retain(|(own, _)| own != name);
        if constants.len() == before {
            faults.push(format!("{stage}: {name} is listed as without a row, and there is no such constant"));
        }
    }
    faults.extend(constants.into_iter().map(|(name, value)| format!("{stage}: {name} = {value} has no row")));
    faults
}

#[test]
fn the_tables_of_constants_are_those_of_the_sources() {
    let page = fs::read_to_string(root().join("docs/measurements.md")).unwrap();
    let faults = [differences(&page, "segment"), differences(&page, "key")].concat();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn constants_are_found_by_name_and_value() {
    let source = "pub(in crate::key) const MANY: [u32; 2] =\n    [1, 2];\n    const A: (u32, f64) = (3, 0.5);\n\
        const fn f() {}\npub const fn g() {}\nconst NAME: &str = \"x\";\nconst OWN: Shape = Shape::new(1, 2);\n\
        const SIDE: usize = 1 << 3;\n#[cfg(test)]\nmod tests {\n    const OF_TEST: u8 = 1;\n}\n";
    let found = constants(source);
    let found: Vec<(&str, &str)> =
        found.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(found, [("MANY", "[1, 2]"), ("A", "(3, 0.5)"), ("SIDE", "1 << 3")]);
}
