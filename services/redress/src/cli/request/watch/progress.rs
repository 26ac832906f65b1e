//! What of a request is new. On a terminal the line of how it stands is written anew in its place, below what
//! happened; elsewhere each change is a line.

use serde_json::Value;

use super::super::{
    super::{
        Failure, Session,
        answers::{Line, Shown},
        page::{Look, Page, cell, plain},
    },
    sheet::what,
    standing::Standing,
};

/// What was shown so far.
#[derive(Default)]
pub(super) struct Progress {
    last: Option<Value>,
    /// Which request it is was said.
    is_named: bool,
    /// How it stood.
    standing: Option<Standing>,
    /// It stands at the cursor, and can be written anew.
    is_live: bool,
    /// How many lines of the timeline were shown, and the last of them.
    lines: usize,
    line: Option<String>,
}

impl Progress {
    /// From a request that was seen.
    pub(super) fn since(before: Option<&Shown>) -> Self {
        let mut progress = Self::default();
        if let Some(shown) = before {
            progress.new_lines(shown);
            progress.is_named = true;
        }
        progress
    }

    /// Shows what is new; whether anything was.
    pub(super) fn draw(
        &mut self,
        session: &mut Session<'_>,
        value: &Value,
        shown: &Shown,
    ) -> Result<bool, Failure> {
        if self.last.as_ref() == Some(value) {
            return Ok(false);
        }
        self.last = Some(value.clone());
        if session.json {
            writeln!(session.terminal.out, "{value}")?;
            session.terminal.out.flush()?;
            return Ok(true);
        }
        let mut happened = Page::default();
        if !std::mem::replace(&mut self.is_named, true) {
            happened.line(Standing::of_shown(shown).name());
        }
        for line in self.new_lines(shown) {
            happened.append(page(line, session));
        }
        let standing = Standing::of_shown(shown);
        if session.terminal.is_redrawn && !standing.is_at_rest() {
            self.redraw(session, &happened, &standing)?;
        } else {
            self.erase(session)?;
            session.write(&happened)?;
            if self.standing.as_ref() != Some(&standing) {
                session.write(&standing.told(0))?;
            }
        }
        self.standing = Some(standing);
        Ok(true)
    }

    /// The lines since the last one that was shown. The server keeps so many of them: old ones may go.
    fn new_lines<'a>(&mut self, shown: &'a Shown) -> &'a [Line] {
        let Some(inside) = &shown.inside else { return &[] };
        let timeline = &inside.timeline;
        let known = |line: &Line| self.line.as_ref() == Some(&format!("{line:?}"));
        let from = match timeline.iter().rposition(known) {
            Some(last) => last + 1,
            None if self.lines == 0 => 0,
            None => timeline.len().min(self.lines),
        };
        self.lines = timeline.len();
        self.line = timeline.last().map(|line| format!("{line:?}"));
        &timeline[from..]
    }

    /// The line at the cursor goes, what happened comes above it. Without wrapping, it is one row for sure.
    fn redraw(
        &mut self,
        session: &mut Session<'_>,
        happened: &Page,
        standing: &Standing,
    ) -> Result<(), Failure> {
        self.erase(session)?;
        session.write(happened)?;
        write!(session.terminal.out, "\u{1b}[?7l")?;
        session.write(&standing.line())?;
        write!(session.terminal.out, "\u{1b}[?7h")?;
        session.terminal.out.flush()?;
        self.is_live = true;
        Ok(())
    }

    fn erase(&mut self, session: &mut Session<'_>) -> Result<(), Failure> {
        if std::mem::take(&mut self.is_live) {
            write!(session.terminal.out, "\u{1b}[1A\u{1b}[2K")?;
        }
        Ok(())
    }

    /// Tells something between two looks: the line of how it stands is written anew after it.
    pub(super) fn interrupt(&mut self, session: &mut Session<'_>, page: &Page) -> Result<(), Failure> {
        self.is_live = false;
        self.last = None;
        session.tell(page)
    }

    /// What can be done now.
    pub(super) fn end(&mut self, session: &mut Session<'_>, standing: &Standing) -> Result<(), Failure> {
        if session.json {
            return Ok(());
        }
        let steps = standing.unseen().steps();
        session.write(&steps)
    }
}

fn page(line: &Line, session: &Session<'_>) -> Page {
    let at = line.at.map(|at| session.now().second(at)).unwrap_or_default();
    let mut page = Page::default();
    page.line([cell(Look::Faint, format!("{at}  ")), plain(what(line))]);
    page
}
