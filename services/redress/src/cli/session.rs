//! One command at work: the server, the terminal, the time.

use std::{
    io::{BufRead, Read as _, Write},
    sync::Arc,
    time::Duration,
};

use jiff::tz::TimeZone;
use redress_domain::{Clock, Random};
use redress_runtime::{OsRandom, SystemClock};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    Client, Failure,
    page::{Look, Page, cell},
    when::Now,
};

/// A change is followed by others: how soon to look again.
const PACE: Duration = Duration::from_millis(200);
/// A server that has said nothing for so long is taken for dead.
const SILENCE_MAX: Duration = Duration::from_secs(120);

/// Where a command reads and writes. Tests give their own.
pub struct Terminal<'a> {
    /// For results.
    pub out: &'a mut dyn Write,
    /// For errors and questions.
    pub err: &'a mut dyn Write,
    /// For answers, and for what is piped in.
    pub input: &'a mut dyn BufRead,
    /// A person answers questions.
    pub is_asked: bool,
    /// Lines that were written can be written anew.
    pub is_redrawn: bool,
    /// Somebody sees on `err` what is being done.
    pub is_watched: bool,
    /// Results may have colours.
    pub out_colours: bool,
    /// Errors may have colours.
    pub err_colours: bool,
}

/// What a command otherwise takes from the machine.
pub struct Surroundings {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// For keys of idempotency.
    pub random: Arc<dyn Random>,
    /// The reader's zone.
    pub zone: TimeZone,
    /// How soon to look again after a change; without one, later and later.
    pub pace: Duration,
    /// How long the server may say nothing, in the middle of an answer as well.
    pub silence_max: Duration,
}

/// See the module.
pub struct Session<'a> {
    /// Speaks to the server.
    pub client: Client,
    /// Whether results are the server's JSON.
    pub json: bool,
    /// Where to read and write.
    pub terminal: Terminal<'a>,
    /// Time and randomness.
    pub around: Surroundings,
}

impl Surroundings {
    /// This machine's.
    pub fn real() -> Self {
        let (clock, random) = (Arc::new(SystemClock), Arc::new(OsRandom));
        Self { clock, random, zone: TimeZone::system(), pace: PACE, silence_max: SILENCE_MAX }
    }
}

impl Session<'_> {
    /// What time it is for the reader.
    pub fn now(&self) -> Now {
        Now { at: self.around.clock.now(), zone: self.around.zone.clone() }
    }

    /// Shows a result: as JSON, or as this page of it.
    ///
    /// # Errors
    /// When nobody reads.
    pub fn show(&mut self, value: &Value, page: impl FnOnce(&Now) -> Page) -> Result<(), Failure> {
        if self.json {
            return Ok(writeln!(self.terminal.out, "{value:#}")?);
        }
        let page = page(&self.now());
        self.write(&page)
    }

    /// Shows a page.
    ///
    /// # Errors
    /// When nobody reads.
    pub fn write(&mut self, page: &Page) -> Result<(), Failure> {
        let Terminal { out, out_colours, .. } = &mut self.terminal;
        out.write_all(page.text(*out_colours).as_bytes())?;
        Ok(out.flush()?)
    }

    /// Tells a person something beside the result.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn tell(&mut self, page: &Page) -> Result<(), Failure> {
        let Terminal { err, err_colours, .. } = &mut self.terminal;
        err.write_all(page.text(*err_colours).as_bytes())?;
        Ok(err.flush()?)
    }

    /// Says what is being done, to whoever is there to see it: one line, beside the result.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn progress(&mut self, step: &str) -> Result<(), Failure> {
        if !self.terminal.is_watched {
            return Ok(());
        }
        let mut page = Page::default();
        page.line([cell(Look::Faint, step)]);
        self.tell(&page)
    }

    /// Asks a person; where there is none, `instead` says what to give.
    ///
    /// # Errors
    /// [`Failure::Usage`] where nobody can be asked; [`Failure::NotWell`] when the answer is not yes.
    pub fn ask(&mut self, question: &str, instead: &str) -> Result<(), Failure> {
        let Terminal { err, input, is_asked, .. } = &mut self.terminal;
        if !*is_asked {
            return Err(Failure::Usage(format!("nobody is here to be asked: {instead}")));
        }
        write!(err, "\n{question} [y/N] ")?;
        err.flush()?;
        let mut answer = String::new();
        input.read_line(&mut answer)?;
        match answer.trim().to_lowercase().as_str() {
            "y" | "yes" => Ok(()),
            _ => Err(Failure::NotWell("the answer was no: nothing was done".to_owned())),
        }
    }

    /// All that is piped in.
    ///
    /// # Errors
    /// When it cannot be read, or is too much.
    pub fn piped(&mut self, bytes_max: u64) -> Result<String, Failure> {
        let mut text = String::new();
        match (&mut *self.terminal.input).take(bytes_max + 1).read_to_string(&mut text) {
            Ok(read) if read as u64 <= bytes_max => Ok(text),
            Ok(_) => Err(Failure::Usage(format!("what is piped in has at most {bytes_max} bytes"))),
            Err(_) => Err(Failure::Usage("what is piped in is not text".to_owned())),
        }
    }
}

/// Reads an answer. What it says is not repeated: it may name a person.
///
/// # Errors
/// When the server is of another make.
pub fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Failure> {
    serde_json::from_value(value.clone()).map_err(|_| {
        let why =
            "the server's answer is not one that this version understands: are both of the same version?";
        Failure::Unexpected(why.to_owned())
    })
}
