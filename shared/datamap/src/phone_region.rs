//! Telephone numbers in the national writing of a country.

use std::str::FromStr;

use phonenumber::{Mode, country};

/// A country by its code of two letters (ISO 3166-1), whose national writing a field's numbers may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhoneRegion(country::Id);

impl PhoneRegion {
    /// A number in E.164. None: the text is no telephone number of the country or of another one.
    pub fn e164(self, text: &str) -> Option<String> {
        let number = phonenumber::parse(Some(self.0), text).ok()?;
        Some(number.format().mode(Mode::E164).to_string())
    }

    /// How a number in E.164 is written in the country, digits only: as it is dialled there, and without the plus. None: it
    /// is a number of another country.
    pub fn writings(self, e164: &str) -> Option<[String; 2]> {
        let number = phonenumber::parse(None, e164).ok()?;
        let national = number.format().mode(Mode::National).to_string();
        let digits: String = national.chars().filter(char::is_ascii_digit).collect();
        // Several countries may have one country code: the number is of this one if it is read so there.
        (self.e164(&digits)? == e164).then(|| [digits, e164.trim_start_matches('+').to_owned()])
    }
}

impl FromStr for PhoneRegion {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| "a country's code of two letters, like DE")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_and_written_as_in_its_country() {
        for (region, e164, national, writings) in [
            ("DE", "+49300074321", "0300074321", ["030-0074321", "+49 30 0074321"]),
            ("IE", "+35315550100", "015550100", ["01 555 0100", "(01) 5550100"]),
            ("US", "+12015550123", "2015550123", ["(201) 555-0123", "1-201-555-0123"]),
            ("IT", "+390612345678", "0612345678", ["06 1234 5678", "+39 06 12345678"]),
        ] {
            let region: PhoneRegion = region.parse().unwrap();
            assert_eq!(region.writings(e164), Some([national.to_owned(), e164[1..].to_owned()]));
            for writing in writings {
                assert_eq!(region.e164(writing).as_deref(), Some(e164), "{writing}");
            }
        }
    }

    #[test]
    fn what_is_no_number_of_the_country_is_none() {
        let germany: PhoneRegion = "DE".parse().unwrap();
        assert_eq!(germany.writings("+35315550100"), None);
        assert_eq!(germany.e164("call me"), None);
        assert!("Germany".parse::<PhoneRegion>().is_err() && "de".parse::<PhoneRegion>().is_err());
    }
}
