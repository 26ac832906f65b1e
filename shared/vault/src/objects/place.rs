//! Where an object lies. A place has one spelling, which may stand in a URL, a file name and a message.

use std::{fmt, str::FromStr};

use redress_domain::{RequestId, TenantId};

use crate::VaultError;

/// A part that is longer fits no file system: the store appends to it while it writes.
const PART_BYTES_MAX: usize = 240;
/// Azure and S3 both take names as long as this.
const PLACE_BYTES_MAX: usize = 1024;

const WORK: &str = "work";
const PACKAGES: &str = "packages";

/// The place of one object: `work/<tenant>/<request>/<name>` or `packages/<tenant>/<package>/<name>`. The
/// name has one or more parts; what is not a letter, a digit or one of `.-_` in ASCII is percent-encoded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(String);

impl Place {
    /// An object of a request's work. `name` is plain text, its parts parted by `/`.
    ///
    /// # Errors
    /// [`VaultError::Place`] when a part is empty, `.`, `..` or too long.
    pub fn work(tenant: &TenantId, request: RequestId, name: &str) -> Result<Self, VaultError> {
        Prefix::work(tenant, request).join(name)
    }

    /// An object of a package. `package` is one part, `name` as for [`work`](Self::work).
    ///
    /// # Errors
    /// As [`work`](Self::work).
    pub fn package(tenant: &TenantId, package: &str, name: &str) -> Result<Self, VaultError> {
        Prefix::package(tenant, package)?.join(name)
    }

    /// Back from its text, which must be spelled exactly as a place is.
    ///
    /// # Errors
    /// [`VaultError::Place`] when it is not.
    pub fn parse(text: &str) -> Result<Self, VaultError> {
        let mut parts = text.splitn(4, '/');
        let mut next = || parts.next().ok_or(VaultError::Place("it has fewer than four parts"));
        let (area, tenant, holder, name) = (next()?, next()?, next()?, next()?);
        let tenant = TenantId::from_str(tenant).map_err(|_| VaultError::Place("it names no tenant"))?;
        let name = decode(name)?;
        let place = match area {
            WORK => {
                let request = holder.parse().map_err(|_| VaultError::Place("it names no request"))?;
                Self::work(&tenant, request, &name)?
            }
            PACKAGES => Self::package(&tenant, &decode(holder)?, &name)?,
            _ => return Err(VaultError::Place("it begins neither with work/ nor with packages/")),
        };
        if place.0 == text { Ok(place) } else { Err(VaultError::Place("it is spelled in another way")) }
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name within the request or the package, as it is spelled in the text.
    pub fn name(&self) -> &str {
        self.0.splitn(4, '/').last().unwrap_or_default()
    }

    /// The request or the package that it belongs to.
    pub fn prefix(&self) -> Prefix {
        let end = self.0.len() - self.name().len() - 1;
        Prefix(self.0[..end].to_owned())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Place {
    type Err = VaultError;

    fn from_str(text: &str) -> Result<Self, VaultError> {
        Self::parse(text)
    }
}

/// All objects of one request's work, or of one package.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Prefix(String);

impl Prefix {
    /// Everything under `work/<tenant>/<request>`.
    pub fn work(tenant: &TenantId, request: RequestId) -> Self {
        Self(format!("{WORK}/{tenant}/{request}"))
    }

    /// Everything under `packages/<tenant>/<package>`.
    ///
    /// # Errors
    /// [`VaultError::Place`] when `package` is not one part.
    pub fn package(tenant: &TenantId, package: &str) -> Result<Self, VaultError> {
        Ok(Self(format!("{PACKAGES}/{tenant}/{}", encode(package)?)))
    }

    /// Its text, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn join(&self, name: &str) -> Result<Place, VaultError> {
        let mut place = self.0.clone();
        for part in name.split('/') {
            place.push('/');
            place.push_str(&encode(part)?);
        }
        if place.len() > PLACE_BYTES_MAX {
            return Err(VaultError::Place("it is too long"));
        }
        Ok(Place(place))
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".-_".contains(&byte)
}

fn encode(part: &str) -> Result<String, VaultError> {
    if matches!(part, "" | "." | "..") || part.contains('/') {
        return Err(VaultError::Place("a part is empty, `.` or `..`, or has a slash in it"));
    }
    let encoded: String = part
        .bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    if encoded.len() > PART_BYTES_MAX {
        return Err(VaultError::Place("a part is too long"));
    }
    Ok(encoded)
}

fn decode(text: &str) -> Result<String, VaultError> {
    let bad = VaultError::Place("its percent-encoding is broken");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first != b'%' {
            bytes.push(*first);
            rest = after;
            continue;
        }
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) else { return Err(bad) };
        bytes.push(byte);
        rest = &after[2..];
    }
    String::from_utf8(bytes).map_err(|_| bad)
}

#[cfg(test)]
mod tests {
    use redress_domain::RequestId;
    use uuid::Uuid;

    use super::*;

    fn dublin() -> TenantId {
        "dublin".parse().unwrap()
    }

    #[test]
    fn a_place_comes_back_from_its_text() {
        let request = RequestId(Uuid::from_u128(7));
        for (name, spelled) in [
            ("crm.json", "crm.json"),
            ("crm/people.json", "crm/people.json"),
            ("a/b/c", "a/b/c"),
            ("Gäste buch#1/50%.json", "G%C3%A4ste%20buch%231/50%25.json"),
            ("...", "..."),
            ("a\\..\\b", "a%5C..%5Cb"),
            ("a\n", "a%0A"),
        ] {
            let work = Place::work(&dublin(), request, name).unwrap();
            assert_eq!(work.to_string(), format!("work/dublin/{request}/{spelled}"));
            assert_eq!(work.name(), spelled);
            assert_eq!(work.prefix(), Prefix::work(&dublin(), request));
            assert_eq!(Place::parse(work.as_str()).unwrap(), work);
            let package = Place::package(&dublin(), "p 1", name).unwrap();
            assert_eq!(package.to_string(), format!("packages/dublin/p%201/{spelled}"));
            assert_eq!(package.to_string().parse::<Place>().unwrap(), package);
        }
    }

    #[test]
    fn what_is_no_name_makes_no_place() {
        let request = RequestId(Uuid::from_u128(7));
        let long = "é".repeat(PART_BYTES_MAX / 6 + 1);
        let deep = "a/".repeat(PLACE_BYTES_MAX / 2) + "a";
        for name in ["", ".", "..", "/a", "a/", "a//b", "a/../b", "a/./b", &long, &deep] {
            let made = Place::work(&dublin(), request, name);
            assert!(matches!(made, Err(VaultError::Place(_))), "{name}");
        }
        for package in ["", ".", "..", "a/b"] {
            assert!(Place::package(&dublin(), package, "a").is_err(), "{package}");
        }
    }

    #[test]
    fn text_that_is_no_place_is_refused() {
        let request = Uuid::from_u128(7);
        let whole = format!("work/dublin/{request}/a");
        for text in [
            "",
            "work",
            "work/dublin",
            &format!("work/dublin/{request}"),
            &format!("work/dublin/{request}/"),
            &format!("/{whole}"),
            &format!("keys/dublin/{request}/a"),
            &format!("Work/dublin/{request}/a"),
            &format!("work/Dublin/{request}/a"),
            &format!("work/../{request}/a"),
            "work/dublin/7/a",
            &format!("work/dublin/{}/a", request.simple()),
            &format!("work/dublin/{request}/../a"),
            &format!("work/dublin/{request}/a//b"),
            &format!("work/dublin/{request}/%2E%2E/a"),
            &format!("work/dublin/{request}/a%2Fb"),
            &format!("work/dublin/{request}/a%2fb"),
            &format!("work/dublin/{request}/%41"),
            &format!("work/dublin/{request}/%c3%a4"),
            &format!("work/dublin/{request}/%FF"),
            &format!("work/dublin/{request}/a%4"),
            &format!("work/dublin/{request}/a%"),
            &format!("work/dublin/{request}/a b"),
            &format!("work/dublin/{request}/ä"),
            "packages/dublin/../a",
            "packages/dublin/a%2Fb/c",
        ] {
            assert!(matches!(Place::parse(text), Err(VaultError::Place(_))), "{text}");
        }
    }
}
