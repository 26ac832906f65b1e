//! Text for a terminal: aligned, at most 100 columns wide, with colours where somebody sees them. What comes
//! from a server or a database cannot steer the terminal: its control characters are shown, not sent.

mod wrap;

#[cfg(test)]
mod tests;

pub use wrap::wrap;

/// Columns of a line, at most.
pub const WIDTH: usize = 100;
/// Columns between those of a table.
const GAP: usize = 2;

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As text does.
    Plain,
    /// A heading, a name.
    Strong,
    /// What matters less.
    Faint,
    /// All is well.
    Good,
    /// To be looked at.
    Wanting,
    /// Something is wrong.
    Bad,
}

impl Look {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Faint => "2",
            Self::Good => "32",
            Self::Wanting => "33",
            Self::Bad => "31",
        }
    }
}

/// A text with its look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    look: Look,
    text: String,
}

/// A text with its look.
pub fn cell(look: Look, text: impl AsRef<str>) -> Cell {
    Cell { look, text: clean(text.as_ref()) }
}

/// A text as it is.
pub fn plain(text: impl AsRef<str>) -> Cell {
    cell(Look::Plain, text)
}

/// Shows what would steer a terminal, or turn the direction of its text.
fn clean(text: &str) -> String {
    let steers = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = |c: char| if steers(c) { c.escape_default().to_string() } else { c.to_string() };
    text.chars().map(shown).collect()
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// Rows of cells in columns. The last column takes what room is left and goes on below itself.
#[derive(Debug, Clone, Default)]
pub struct Table(Vec<Vec<Cell>>);

impl Table {
    /// With a line of headings.
    pub fn of<const N: usize>(headings: [&str; N]) -> Self {
        Self(vec![headings.map(|heading| cell(Look::Faint, heading)).to_vec()])
    }

    /// One more row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.0.push(cells.into_iter().collect());
    }

    fn widths(&self) -> Vec<usize> {
        let columns = self.0.iter().map(Vec::len).max().unwrap_or_default();
        let of = |column: usize| {
            let cells = self.0.iter().filter_map(|row| row.get(column));
            cells.map(|cell| width(&cell.text)).max().unwrap_or_default()
        };
        (0..columns).map(of).collect()
    }
}

/// Lines in the making.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page(Vec<Vec<Cell>>);

impl Page {
    /// An empty line, but never two, nor one at the beginning.
    pub fn blank(&mut self) {
        if self.0.last().is_some_and(|line| !line.is_empty()) {
            self.0.push(Vec::new());
        }
    }

    /// A heading, with what belongs beside it.
    pub fn heading(&mut self, text: &str, beside: &str) {
        self.blank();
        let mut line = vec![cell(Look::Strong, text)];
        if !beside.is_empty() {
            line.push(cell(Look::Faint, format!("  {beside}")));
        }
        self.0.push(line);
    }

    /// One line of these cells, as they are.
    pub fn line(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.0.push(cells.into_iter().collect());
    }

    /// A command or a hash, which nobody could copy from two lines.
    pub fn whole(&mut self, indent: usize, text: &str) {
        self.0.push(vec![plain(" ".repeat(indent)), plain(text)]);
    }

    /// A text over as many lines as it takes.
    pub fn wrapped(&mut self, indent: usize, text: &str) {
        self.hanging(vec![plain(" ".repeat(indent))], &plain(text));
    }

    /// A text behind a mark such as `error:`.
    pub fn marked(&mut self, mark: &str, look: Look, text: &str) {
        self.hanging(vec![cell(look, mark), plain(": ")], &plain(text));
    }

    /// A table.
    #[expect(clippy::needless_pass_by_value, reason = "a table is built to be shown once")]
    pub fn table(&mut self, indent: usize, table: Table) {
        let widths = table.widths();
        for row in &table.0 {
            let Some((last, before)) = row.split_last() else { continue };
            let mut line = vec![plain(" ".repeat(indent))];
            for (cell, width_of) in before.iter().zip(&widths) {
                let room = width_of + GAP - width(&cell.text);
                line.push(cell.clone());
                line.push(plain(" ".repeat(room)));
            }
            self.hanging(line, last);
        }
    }

    /// What another page says, after an empty line; nothing when it says nothing.
    pub fn section(&mut self, other: Self) {
        if !other.0.is_empty() {
            self.blank();
            self.append(other);
        }
    }

    /// What another page says.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// A text that begins behind others, and goes on below where it began.
    pub fn hanging(&mut self, mut line: Vec<Cell>, last: &Cell) {
        let begins: usize = line.iter().map(|cell| width(&cell.text)).sum();
        for (i, part) in wrap(&last.text, WIDTH.saturating_sub(begins).max(20)).into_iter().enumerate() {
            if i > 0 {
                line.push(plain(" ".repeat(begins)));
            }
            line.push(Cell { look: last.look, text: part });
            self.0.push(std::mem::take(&mut line));
        }
    }

    /// The lines, without their ends.
    pub fn lines(&self, colours: bool) -> Vec<String> {
        self.0.iter().map(|line| written(line, colours)).collect()
    }

    /// The whole text.
    pub fn text(&self, colours: bool) -> String {
        self.lines(colours).iter().flat_map(|line| [line.as_str(), "\n"]).collect()
    }
}

/// One line; what stands at its end unseen is left out.
fn written(line: &[Cell], colours: bool) -> String {
    let end = line.iter().rposition(|cell| !cell.text.trim().is_empty()).map_or(0, |last| last + 1);
    let mut text = String::new();
    for cell in &line[..end] {
        if colours && cell.look != Look::Plain {
            text.push_str(&format!("\u{1b}[{}m{}\u{1b}[0m", cell.look.code(), cell.text));
        } else {
            text.push_str(&cell.text);
        }
    }
    text.trim_end().to_owned()
}
