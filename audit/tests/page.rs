//! The page: what it says, and how it looks in a browser.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test panics, and says what it skips")]

use std::fs;
use std::path::Path;
use std::process::Command;

use homeveil_audit::bench::{Audit, Bench, Finding, Measure, Options};
use homeveil_audit::measure::Statistic;
use homeveil_audit::mechanism::{Baseline, Mechanism, Plans};
use homeveil_audit::population::Made;
use homeveil_audit::report::page;

fn made() -> String {
    let bench = Bench::of(&Made, Options { homes: 30, driven: 3, draws: 0 }).unwrap();
    let mechanisms: Vec<Box<dyn Mechanism>> =
        vec![Box::new(Plans::default()), Box::new(Baseline::Raw), Box::new(Baseline::ZoneList)];
    let audit = bench.run(&mechanisms, &mut |_| ()).unwrap();
    page(&audit, &bench.shown(2, &mechanisms).unwrap())
}

/// Nothing on the page could be asked of anybody: no address, no script, and a policy that forbids both.
fn asks_nobody(page: &str) {
    // A link to a place on the page itself asks nobody.
    let page = page.replace("href=\"#", "");
    for part in [
        "http:",
        "https:",
        "//",
        "src=",
        "href=",
        "url(",
        "@import",
        "<script",
        "<link",
        "<iframe",
        "javascript",
    ] {
        assert!(!page.contains(part), "{part}");
    }
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
}

/// A browser, where there is one.
fn browser() -> Option<&'static str> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|run| run.status.success()))
}

/// What a headless browser prints of a page.
fn rendered(browser: &str, folder: &Path, width: u32, args: &[&str], file: &Path) -> String {
    let profile = folder.join(format!("profile-{width}"));
    let run = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
        ])
        .args([
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--virtual-time-budget=3000",
        ])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("--window-size={width},1200"))
        .args(args)
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).into_owned()
}

#[test]
fn it_asks_nobody_and_fits_a_desk_and_a_phone() {
    let page = made();
    asks_nobody(&page);
    assert!(page.contains("What would an authority ask?"));
    let Some(browser) = browser() else {
        eprintln!("skipped in a browser: there is no Chromium");
        return;
    };
    let folder = std::env::temp_dir().join(format!("homeveil-audit-page-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let escaped = page.replace('&', "&amp;").replace('"', "&quot;");
    for width in [1200, 390] {
        // The page in a frame of that width, measured from outside: it runs no scripts of its own.
        let probe = folder.join(format!("probe-{width}.html"));
        let script = "onload = () => { const frame = document.querySelector('iframe'), page = frame.contentDocument; \
                      const bars = [...page.querySelectorAll('svg.row')].filter(bar => bar.getBoundingClientRect().width < 40); \
                      document.title = ['wide', page.documentElement.scrollWidth, 'asked', \
                      frame.contentWindow.performance.getEntriesByType('resource').length, 'heads', \
                      page.querySelectorAll('h2').length, 'thin', bars.length, 'end'].join(' '); }";
        let html = format!(
            "<!DOCTYPE html><meta charset=\"utf-8\"><body style=\"margin:0\"><iframe style=\"border:0;width:{width}px;\
             height:1100px\" srcdoc=\"{escaped}\"></iframe><script>{script}</script>"
        );
        fs::write(&probe, html).unwrap();
        let dom = rendered(browser, &folder, width.max(600), &["--dump-dom"], &probe);
        let title = dom
            .split("<title>wide ")
            .nth(1)
            .unwrap_or_else(|| panic!("nothing measured: {}", &dom[..dom.len().min(400)]));
        let words: Vec<&str> = title.split_whitespace().collect();
        let number = |at: usize| words[at].parse::<u32>().unwrap();
        assert!(number(0) <= width, "{} wide in {width}", number(0));
        assert_eq!(number(2), 0, "requests");
        assert!(number(4) >= 8, "{} headings", number(4));
        assert_eq!(number(6), 0, "bars too thin to read");
    }
    fs::remove_dir_all(&folder).unwrap();
}

/// A cap that is exceeded is said in words and in red, and first.
#[test]
fn what_is_exceeded_is_red() {
    let plans = Plans::default();
    let leak = Statistic::Difference { one: [900, 1000], other: [100, 1000] };
    let finding = |statistic| {
        Finding::new(&plans.name(), "somebody", "a secret", Measure::Advantage, statistic)
            .capped(&plans.limits())
    };
    let page = page(&Audit::of_findings("none", vec![finding(leak)]), &[]);
    let red = page.find("class=\"verdict bad\"").unwrap();
    assert!(
        page.find("EXCEEDED").is_some_and(|table| red < table) && page.contains("1 of 1 caps are exceeded")
    );
    let fair = Statistic::Difference { one: [500, 1000], other: [400, 1000] };
    let fine = homeveil_audit::report::page(&Audit::of_findings("none", vec![finding(fair)]), &[]);
    assert!(!fine.contains("EXCEEDED") && fine.contains("No cap is exceeded"));
}
