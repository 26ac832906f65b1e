//! The command line: one list of commands. Those of [`cli`] ask a server over HTTP; the others work here.

use std::{io, process::ExitCode};

use clap::{CommandFactory as _, Parser, Subcommand};
use clap_complete::{Shell, generate};
use redress::{
    cli,
    local::{ConfigArgs, broker, check, demo, migrate, run, up},
};

/// Answers data subject requests: finds a person in every system, exports, deletes, and proves it.
#[derive(Parser)]
#[command(name = "redress", version, after_help = cli::EXIT_CODES, max_term_width = 100)]
struct Redress {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The sample company: one export and one deletion before your eyes.
    Demo(demo::DemoArgs),
    /// Run everything in this process; without settings, embedded.
    Up(up::UpArgs),
    #[command(flatten)]
    Remote(cli::Remote),
    /// Run roles in this process.
    Run(run::RunArgs),
    /// Bring the database to this build's schema.
    Migrate(ConfigArgs),
    /// Read every setting and map, connect to every system, say what is wrong and how to mend it.
    Check(check::CheckArgs),
    /// The broker: who may do what there.
    Broker(broker::BrokerArgs),
    /// Print the completions of a shell, e.g. `source <(redress completions bash)`.
    Completions {
        /// Which shell.
        shell: Shell,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    redress::choose_tls();
    let ended = match Redress::parse().command {
        // The commands that ask a server.
        Command::Remote(command) => return cli::run(command).await,
        // The commands that work here.
        Command::Broker(args) => broker::run(args).await,
        Command::Check(args) => check::run(args).await,
        Command::Demo(args) => demo::run(args).await,
        Command::Migrate(args) => migrate::run(args).await,
        Command::Run(args) => run::run(args).await,
        Command::Up(args) => up::run(args).await,
        // What needs neither.
        Command::Completions { shell } => {
            generate(shell, &mut Redress::command(), "redress", &mut io::stdout());
            Ok(ExitCode::SUCCESS)
        }
    };
    ended.unwrap_or_else(|error| cli::told(&error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_fit_together_and_the_help_says_the_exit_codes() {
        Redress::command().debug_assert();
        let help = Redress::command().render_help().to_string();
        assert!(help.contains("Exit codes:"), "{help}");
    }

    #[test]
    fn no_help_is_wider_than_a_page() {
        let mut commands = vec![Redress::command().max_term_width(100)];
        while let Some(mut command) = commands.pop() {
            command.build();
            let help = command.render_long_help().to_string();
            assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
            commands.extend(command.get_subcommands().filter(|it| it.get_name() != "help").cloned());
        }
    }

    #[test]
    fn every_shell_gets_its_completions() {
        for shell in [Shell::Bash, Shell::Elvish, Shell::Fish, Shell::PowerShell, Shell::Zsh] {
            let mut out = Vec::new();
            generate(shell, &mut Redress::command(), "redress", &mut out);
            assert!(String::from_utf8(out).unwrap().contains("accept-remains"), "{shell}");
        }
    }
}
