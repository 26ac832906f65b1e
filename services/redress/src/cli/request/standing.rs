//! How a request stands, in a line, and what can be done next.

use super::super::{
    answers::{Item, Outside, Shown, Waits},
    failure::Failure,
    page::{Cell, Look, Page, cell, plain},
};

/// The mark of a request whose plan no system would carry out.
const NOTHING_CHANGED: &str = "nothing_changed";

/// How a request stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its id.
    pub request: String,
    /// What is asked for.
    pub kind: String,
    /// Where it stands; to the outside, what everybody is told.
    pub state: String,
    /// What it waits for; none: we are not told.
    pub waits: Option<Waits>,
    /// What else is to be known.
    pub marks: Vec<String>,
    closing: Option<String>,
    reason: Option<String>,
    has_candidates: bool,
    has_package: bool,
    is_seen: bool,
}

impl Standing {
    /// Of a request in a list, or after a deed.
    pub fn of_item(item: &Item) -> Self {
        let waits = Some(item.waits_for.clone());
        Self {
            state: item.state.clone(),
            waits,
            marks: item.marks.clone(),
            ..Self::of(&item.request, &item.kind, &item.outside)
        }
    }

    /// Of a request that is shown.
    pub fn of_shown(shown: &Shown) -> Self {
        let standing = Self {
            has_package: shown.package.is_some(),
            is_seen: true,
            ..Self::of(&shown.request, &shown.kind, &shown.outside)
        };
        let Some(inside) = &shown.inside else { return standing };
        Self {
            state: inside.state.clone(),
            waits: Some(inside.waits_for.clone()),
            marks: inside.marks.clone(),
            has_candidates: inside.undecided().next().is_some(),
            reason: inside.stuck_because.clone().or(standing.reason),
            ..standing
        }
    }

    fn of(request: &str, kind: &str, outside: &Outside) -> Self {
        Self {
            request: request.to_owned(),
            kind: kind.to_owned(),
            state: outside.public_state.clone(),
            waits: None,
            marks: Vec::new(),
            closing: outside.closing.clone(),
            reason: outside.reason.clone(),
            has_candidates: false,
            has_package: false,
            is_seen: false,
        }
    }

    /// The same, when only a line of it was shown.
    #[must_use]
    pub fn unseen(&self) -> Self {
        Self { is_seen: false, ..self.clone() }
    }

    /// Whether it has ended.
    pub fn is_closed(&self) -> bool {
        self.closing.is_some()
    }

    /// Whether nothing happens before a person does something.
    pub fn is_at_rest(&self) -> bool {
        self.is_closed() || self.waits.as_ref().is_some_and(|waits| waits.who == "person")
    }

    /// The state and how it closed, with their look.
    pub fn word(&self) -> Cell {
        let word = self.closing.as_deref().unwrap_or(&self.state).replace('_', " ");
        let look = match self.closing.as_deref() {
            Some("failed" | "declined") => Look::Bad,
            Some("cancelled") => Look::Faint,
            Some(_) => Look::Good,
            None if self.is_bad() => Look::Bad,
            None if self.is_at_rest() => Look::Wanting,
            None => Look::Plain,
        };
        cell(look, word)
    }

    /// What it waits for, in words; nothing when it has ended.
    pub fn waits_for(&self) -> String {
        let Some(waits) = self.waits.as_ref().filter(|_| !self.is_closed()) else {
            return self.reason.clone().unwrap_or_default();
        };
        match waits.who.as_str() {
            "service" => format!("at work: {}", waits.what),
            "person" => format!("waits for a person: {}", waits.what),
            "timer" => format!("waits for {}", waits.what),
            _ => waits.what.clone(),
        }
    }

    /// Which request it is.
    pub fn name(&self) -> Vec<Cell> {
        vec![cell(Look::Strong, &self.kind), plain(format!(" {}", self.request))]
    }

    /// How it stands, in one line, however long.
    pub fn line(&self) -> Page {
        let mut page = Page::default();
        let waits_for = self.waits_for();
        let rest = if waits_for.is_empty() { waits_for } else { format!(": {waits_for}") };
        page.line([self.word(), plain(rest)]);
        page
    }

    /// How it stands, in as many lines as it takes.
    pub fn told(&self, indent: usize) -> Page {
        let mut page = Page::default();
        let waits_for = self.waits_for();
        let mut begin = vec![plain(" ".repeat(indent)), self.word()];
        if !waits_for.is_empty() {
            begin.push(plain(": "));
        }
        page.hanging(begin, &plain(waits_for));
        page
    }

    /// What can be done next: commands.
    pub fn steps(&self) -> Page {
        let mut page = Page::default();
        let steps = self.commands();
        if !steps.is_empty() {
            page.line([cell(Look::Faint, "Next:")]);
        }
        for step in steps {
            page.whole(2, &format!("redress {step}"));
        }
        page
    }

    fn commands(&self) -> Vec<String> {
        let of = |command: &str, rest: &str| format!("request {command} {}{rest}", self.request);
        if self.is_closed() {
            let package = self.has_package.then(|| format!("package get {} --to <folder>", self.request));
            return package.into_iter().collect();
        }
        if !self.is_at_rest() {
            return vec![of("watch", "")];
        }
        if self.is_marked("stuck") {
            return vec![of("retry", ""), of("give-up", " --reason '…'")];
        }
        let decline = of("decline", " --reason '…'");
        match self.state.as_str() {
            "verifying" => vec![of("verify", " --method '…' --level authenticated"), decline],
            // A plan is seen before it is approved.
            "in_review" if !self.is_seen => vec![of("show", "")],
            "in_review" => {
                let candidates =
                    self.has_candidates.then(|| of("candidates", " --accept <id> --reject <id>"));
                let approve = (!self.is_marked("ambiguous_identity")).then(|| of("approve", ""));
                candidates.into_iter().chain(approve).chain([decline]).collect()
            }
            "content_review" => vec![of("accept-remains", " --reason '…'"), decline],
            "checking" if self.is_marked(NOTHING_CHANGED) => {
                vec![of("retry", ""), of("cancel", "")]
            }
            "checking" => vec![of("retry", ""), of("accept-remains", " --reason '…'")],
            _ => vec![of("show", "")],
        }
    }

    /// Whether it came out badly: what a script must hear of.
    ///
    /// # Errors
    /// [`Failure::NotWell`], and [`Failure::Refused`] where nothing was changed.
    pub fn verdict(&self) -> Result<(), Failure> {
        let because = |what: &str| match self.reason.as_deref().filter(|reason| !reason.is_empty()) {
            Some(reason) => Err(Failure::NotWell(format!("the request {what}: {reason}"))),
            None => Err(Failure::NotWell(format!("the request {what}"))),
        };
        match self.closing.as_deref() {
            Some("failed") => because("failed"),
            Some("declined") => because("was declined"),
            Some("cancelled") => because("was taken back"),
            None if self.is_marked("stuck") => because("is stuck"),
            None if self.is_marked(NOTHING_CHANGED) => {
                Err(Failure::Refused("a system refused what was approved: nothing was changed".to_owned()))
            }
            None if self.state == "checking" => because("has left something behind"),
            _ => Ok(()),
        }
    }

    fn is_marked(&self, mark: &str) -> bool {
        self.marks.iter().any(|set| set == mark)
    }

    fn is_bad(&self) -> bool {
        self.is_marked("stuck") || self.is_marked("overdue") || self.state == "checking"
    }
}
