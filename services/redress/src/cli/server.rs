//! Which server, who asks, and for which tenant: from flags or from the environment.

use std::{fmt, str::FromStr};

use clap::Args;
use redress_domain::TenantId;
use reqwest::Url;

use super::Failure;

/// What every command that asks a server takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Server")]
pub struct Server {
    /// Where the server is.
    #[arg(long, global = true, env = "REDRESS_URL", default_value = "http://127.0.0.1:8420")]
    pub url: String,
    /// Who asks. Better as REDRESS_TOKEN: other users of this machine see what stands on a command line.
    #[arg(long, global = true, env = "REDRESS_TOKEN", hide_env_values = true)]
    pub token: Option<Token>,
    /// The tenant.
    #[arg(long, global = true, env = "REDRESS_TENANT")]
    pub tenant: Option<String>,
    /// Print the server's JSON.
    #[arg(long, global = true)]
    pub json: bool,
}

/// A token. It has no text but for the header that carries it.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// For the header.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

impl FromStr for Token {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.trim().to_owned()))
    }
}

/// [`Server`], found to be usable.
#[derive(Debug, Clone)]
pub struct Target {
    /// Ends with a slash.
    pub base: Url,
    /// Who asks.
    pub token: Token,
    /// The tenant.
    pub tenant: TenantId,
}

impl Server {
    /// Reads the texts.
    ///
    /// # Errors
    /// [`Failure::Usage`]: what is missing, or how it should be.
    pub fn target(&self) -> Result<Target, Failure> {
        let usage = |why: &str| Failure::Usage(why.to_owned());
        let token = self.token.clone().filter(|token| !token.0.is_empty());
        if token.iter().any(|token| !token.0.chars().all(|c| c.is_ascii_graphic())) {
            return Err(usage("the token is not one: it has characters that no token has"));
        }
        let tenant = self.tenant.as_deref().filter(|tenant| !tenant.is_empty());
        let tenant = tenant.ok_or_else(|| usage("say which tenant: set REDRESS_TENANT, or give --tenant"))?;
        Ok(Target {
            base: base(&self.url)?,
            token: token.ok_or_else(|| usage("say who asks: set REDRESS_TOKEN, or give --token"))?,
            tenant: tenant.parse().map_err(|error| Failure::Usage(format!("--tenant: {error}")))?,
        })
    }
}

/// Doors lie below the URL's own path, where a proxy has given it one.
fn base(text: &str) -> Result<Url, Failure> {
    let usage = |why: &str| Failure::Usage(format!("--url: {why}"));
    let mut url = Url::parse(text.trim()).map_err(|_| usage("like https://redress.example.com"))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(usage("like https://redress.example.com"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(usage("without a name or a password: the token says who asks"));
    }
    url.set_query(None);
    url.set_fragment(None);
    let path = format!("{}/", url.path().trim_end_matches('/'));
    url.set_path(&path);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(url: &str, token: &str, tenant: &str) -> Server {
        let token = token.parse().ok();
        Server { url: url.to_owned(), token, tenant: Some(tenant.to_owned()), json: false }
    }

    #[test]
    fn a_url_is_brought_to_one_spelling() {
        for (given, expected) in [
            ("http://127.0.0.1:8420", "http://127.0.0.1:8420/"),
            (" https://example.com/redress ", "https://example.com/redress/"),
            ("https://example.com/redress//?q#f", "https://example.com/redress/"),
        ] {
            assert_eq!(server(given, "t", "dublin").target().unwrap().base.as_str(), expected);
        }
    }

    #[test]
    fn what_is_missing_or_wrong_is_said_and_no_secret_repeated() {
        for (url, token, tenant, said) in [
            ("example.com", "t0ken", "dublin", "--url"),
            ("ftp://example.com", "t0ken", "dublin", "--url"),
            ("http://anna:t0ken@example.com", "t0ken", "dublin", "--url"),
            ("http://example.com", " ", "dublin", "REDRESS_TOKEN"),
            ("http://example.com", "t0ken\nt0ken", "dublin", "the token"),
            ("http://example.com", "t0ken", "", "REDRESS_TENANT"),
            ("http://example.com", "t0ken", "Dublin", "--tenant"),
        ] {
            let server = server(url, token, tenant);
            let failure = server.target().unwrap_err();
            assert_eq!(failure.code(), 2);
            assert!(failure.to_string().contains(said), "{failure}");
            assert!(!failure.to_string().contains("t0ken"), "{failure}");
            assert!(!format!("{:?}", server.token).contains("t0ken"));
        }
    }
}
