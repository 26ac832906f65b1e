//! Who a request is about: from flags, or as JSON from a file or a pipe, so that nobody has to stand in the
//! shell's history. It leaves this process sealed to the tenant's intake key.

use std::{fs, path::PathBuf};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use clap::{Args, ValueEnum};
use prost::Message as _;
use redress_contracts::{Contract as _, v1};
use redress_domain::{Identifier, IdentifierKind};
use redress_vault::IntakeKey;
use serde::Deserialize;

use super::{Client, Failure, Session};

/// A subject is a few lines.
const SUBJECT_BYTES_MAX: u64 = 64 * 1024;
/// What the intake key is for: libsodium's `crypto_box_seal`.
const ALGORITHM: &str = "x25519-xsalsa20-poly1305-seal";

/// How a person is named.
#[derive(Args)]
#[command(next_help_heading = "Subject")]
pub struct SubjectArgs {
    /// An e-mail address.
    #[arg(long, value_name = "ADDRESS")]
    email: Vec<String>,
    /// A telephone number with its country code. Finds candidates for a reviewer.
    #[arg(long, value_name = "NUMBER")]
    phone: Vec<String>,
    /// The tenant's own number of a customer.
    #[arg(long, value_name = "ID")]
    customer_id: Vec<String>,
    /// A directory object's id: a UUID.
    #[arg(long, value_name = "UUID")]
    object_id: Vec<String>,
    /// A user principal name.
    #[arg(long, value_name = "NAME")]
    upn: Vec<String>,
    /// A person's name. Finds candidates for a reviewer.
    #[arg(long, value_name = "NAME")]
    name: Vec<String>,
    /// The key of one field, as `dataset.collection.field=value`.
    #[arg(long, value_name = "FIELD=VALUE")]
    field: Vec<String>,
    /// Read the identifiers as JSON from a file, or from a pipe with `-`:
    /// {"kind":"customer","identifiers":[{"kind":"email","value":"…"}]}.
    #[arg(long, value_name = "FILE")]
    subject: Option<PathBuf>,
}

/// What the person is to the tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[value(rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// An account of the tenant's own directory.
    Member,
    /// A guest of the directory.
    Guest,
    /// Comes from another directory, without an account here.
    DirectConnect,
    /// A customer.
    Customer,
    /// Known by name and address only.
    External,
}

/// A subject as JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Piped {
    kind: Option<SubjectKind>,
    identifiers: Vec<PipedIdentifier>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PipedIdentifier {
    kind: IdentifierKind,
    value: String,
    #[serde(default)]
    field: String,
}

/// What was given, checked; and what the JSON says of the person's kind.
pub struct Given {
    /// Each in its one spelling.
    pub identifiers: Vec<v1::Identifier>,
    /// None: it does not say.
    pub kind: Option<SubjectKind>,
}

impl SubjectArgs {
    /// Reads and checks them all.
    ///
    /// # Errors
    /// [`Failure::Usage`]: every flag that is not as it should be, without its value.
    pub fn read(&self, session: &mut Session<'_>) -> Result<Given, Failure> {
        let (mut parsed, mut kind) = (self.flags(), None);
        if let Some(file) = &self.subject {
            let piped = read_json(&read_text(file, session)?)?;
            kind = piped.kind;
            parsed.extend(piped.identifiers.iter().enumerate().map(|(i, given)| given.parse(i)));
        }
        let (mut identifiers, mut wrong) = (Vec::new(), Vec::new());
        for one in parsed {
            match one {
                Ok(identifier) => identifiers.push(encoded(&identifier)),
                Err(why) => wrong.push(why),
            }
        }
        if !wrong.is_empty() {
            return Err(Failure::Usage(wrong.join("; ")));
        }
        if identifiers.is_empty() {
            let why = "say who it is about: --email or another identifier, or --subject - and JSON by a pipe";
            return Err(Failure::Usage(why.to_owned()));
        }
        Ok(Given { identifiers, kind })
    }

    fn flags(&self) -> Vec<Result<Identifier, String>> {
        let plain = [
            ("--email", IdentifierKind::Email, &self.email),
            ("--phone", IdentifierKind::Phone, &self.phone),
            ("--customer-id", IdentifierKind::CustomerId, &self.customer_id),
            ("--object-id", IdentifierKind::ObjectId, &self.object_id),
            ("--upn", IdentifierKind::Upn, &self.upn),
            ("--name", IdentifierKind::Name, &self.name),
        ];
        let parse = |(flag, kind, given): (&'static str, IdentifierKind, &'_ Vec<String>)| {
            let one = |value: &String| {
                Identifier::parse(kind, value).map_err(|error| format!("{flag}: {}", error.rule))
            };
            given.iter().map(one).collect::<Vec<_>>()
        };
        plain.into_iter().flat_map(parse).chain(self.field.iter().map(|text| field(text))).collect()
    }
}

fn field(text: &str) -> Result<Identifier, String> {
    let (field, value) = text.split_once('=').ok_or("--field: like dataset.collection.field=value")?;
    Identifier::of_field(field, value).map_err(|error| format!("--field: {}", error.rule))
}

fn read_text(file: &PathBuf, session: &mut Session<'_>) -> Result<String, Failure> {
    if file.as_os_str() == "-" {
        return session.piped(SUBJECT_BYTES_MAX);
    }
    fs::read_to_string(file).map_err(|error| Failure::Usage(format!("--subject {}: {error}", file.display())))
}

/// What it says is not repeated: only where it is wrong.
fn read_json(text: &str) -> Result<Piped, Failure> {
    serde_json::from_str(text).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        let form = "like {\"kind\":\"customer\",\"identifiers\":[{\"kind\":\"email\",\"value\":\"…\"}]}";
        Failure::Usage(format!("--subject: {form}, and it is not so at {place}"))
    })
}

impl PipedIdentifier {
    fn parse(&self, i: usize) -> Result<Identifier, String> {
        let parsed = match self.kind {
            IdentifierKind::Field => Identifier::of_field(&self.field, &self.value),
            kind => Identifier::parse(kind, &self.value),
        };
        parsed.map_err(|error| format!("--subject: identifiers[{i}]: {error}"))
    }
}

fn encoded(identifier: &Identifier) -> v1::Identifier {
    v1::Identifier {
        kind: identifier.kind().number(),
        value: identifier.value().to_owned(),
        field: identifier.field().unwrap_or_default().to_owned(),
    }
}

impl SubjectKind {
    fn contract(self) -> v1::SubjectKind {
        match self {
            Self::Member => v1::SubjectKind::Member,
            Self::Guest => v1::SubjectKind::Guest,
            Self::DirectConnect => v1::SubjectKind::DirectConnect,
            Self::Customer => v1::SubjectKind::Customer,
            Self::External => v1::SubjectKind::External,
        }
    }
}

/// Seals a subject to the tenant's intake key; in base64.
///
/// # Errors
/// When the key cannot be had, or is of another make.
pub async fn seal(
    client: &Client,
    identifiers: Vec<v1::Identifier>,
    kind: SubjectKind,
) -> Result<String, Failure> {
    let key = client.get(&["intake-key"], &[]).await?;
    let public = BASE64_STANDARD.decode(key["public_key"].as_str().unwrap_or_default()).ok();
    let public: Option<[u8; 32]> = public.and_then(|bytes| bytes.try_into().ok());
    let public = public.filter(|_| key["algorithm"] == ALGORITHM);
    let strange =
        || Failure::Unexpected("the server's intake key is not one that this version knows".to_owned());
    let subject = v1::Subject { kind: kind.contract() as i32, identifiers };
    let sealed = IntakeKey::seal_to(public.ok_or_else(strange)?, &subject.encode_to_vec());
    sealed.map(|sealed| BASE64_STANDARD.encode(sealed)).map_err(|_| strange())
}
