//! The docs name every package that firmware links, with its licence.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

#[test]
fn the_docs_name_all_that_firmware_links_with_its_licence() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("sh")
        .arg(folder.join("licences.sh"))
        .env("CARGO", env!("CARGO"))
        .output()
        .expect("a shell is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let linked = String::from_utf8(output.stdout).expect("names are text");
    assert!(linked.lines().count() > 20, "{linked}");
    let page = fs::read_to_string(folder.join("../docs/firmware-duties.md")).expect("the page is committed");
    let table = page.split("| package | licence |\n| --- | --- |\n").nth(1).expect("the page has the table");
    let named: String = table
        .lines()
        .take_while(|line| line.starts_with('|'))
        .fold(String::new(), |text, line| text + line + "\n");
    assert_eq!(named, linked, "capi/licences.sh prints the rows");
}
