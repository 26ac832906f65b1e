//! The one table: each figure's median, with the least and the most.

use std::fmt;

/// Rows, in the order in which they were measured.
#[derive(Default)]
pub(crate) struct Table(Vec<Row>);

struct Row {
    what: String,
    unit: &'static str,
    digits: usize,
    figures: Vec<f64>,
}

impl Table {
    /// A row; it is told at once too.
    pub(crate) fn row(
        &mut self,
        what: impl Into<String>,
        unit: &'static str,
        digits: usize,
        figures: &[f64],
    ) {
        let row = Row { what: what.into(), unit, digits, figures: figures.to_vec() };
        eprintln!("{row}");
        self.0.push(row);
    }
}

/// So many in a hundred are at most this.
pub(crate) fn percentile(figures: &[f64], hundredths: usize) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() * hundredths).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

/// In the middle.
pub(crate) fn median(figures: &[f64]) -> f64 {
    percentile(figures, 50)
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, unit, digits, figures } = self;
        let (least, most) = figures
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), it| (least.min(*it), most.max(*it)));
        let median = median(figures);
        write!(f, "| {what} | {unit} | {median:.digits$} | {least:.digits$} | {most:.digits$} |")
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| | unit | median | least | most |\n|---|---|---|---|---|")?;
        self.0.iter().try_for_each(|row| writeln!(f, "{row}"))
    }
}
