//! Two columns: what the owner saw, and what the cloud saw.

/// Characters of a column.
const WIDTH: usize = 58;

/// What was seen on a day.
#[derive(Default)]
pub(crate) struct Told {
    owner: Vec<String>,
    cloud: Vec<String>,
}

impl Told {
    /// For the owner's eyes only.
    pub(crate) fn owner(&mut self, text: impl AsRef<str>) {
        self.align();
        self.owner.extend(wrapped(text.as_ref()));
    }

    /// Seen by the cloud: made of the release's bytes, the cloud's own commands and messages.
    pub(crate) fn cloud(&mut self, text: impl AsRef<str>) {
        self.align();
        self.cloud.extend(wrapped(text.as_ref()));
    }

    /// Lines stand in the order in which they were seen.
    fn align(&mut self) {
        let lines = self.owner.len().max(self.cloud.len());
        self.owner.resize(lines, String::new());
        self.cloud.resize(lines, String::new());
    }

    /// The day under its title.
    pub(crate) fn into_text(mut self, title: &str) -> String {
        self.align();
        let line = "-".repeat(WIDTH);
        let mut text = format!("\n{title}\n{:WIDTH$} | the cloud\n{line}-+-{line}\n", "the owner");
        for (owner, cloud) in self.owner.iter().zip(&self.cloud) {
            text += format!("{owner:WIDTH$} | {cloud}").trim_end();
            text.push('\n');
        }
        text
    }
}

fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && lines[last].chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(format!("  {word}"));
        } else {
            if !lines[last].is_empty() {
                lines[last].push(' ');
            }
            lines[last].push_str(word);
        }
    }
    lines
}
