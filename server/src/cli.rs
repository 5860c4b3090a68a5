//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use center::erp::ImportOptions;
use clap::{Arg, ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::commands::{self, Failure};
use crate::config::{KEYS, Sources};

/// The self-service portal for business customers.
#[derive(Debug, Parser)]
#[command(name = "customer-center", version)]
struct Cli {
    /// File with settings (TOML); CC_CONFIG names it too
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the portal
    Serve,
    /// Serves a trial portal with sample data on this computer
    Demo,
    /// Brings the database to this version
    Migrate,
    /// Fills the embedded ERP from customers.csv, contacts.csv and invoices.csv
    Import {
        /// Folder that holds the three files
        folder: PathBuf,
        /// Check everything, write nothing
        #[arg(long)]
        dry_run: bool,
        /// Take away contacts and invoices that the files no longer name, of the customers in them
        #[arg(long)]
        complete: bool,
    },
    /// Copies the embedded database into a new file, also while the portal runs
    Backup {
        /// The file to make
        file: PathBuf,
    },
    /// Puts a copy in the database's place while the portal is stopped; ends all sessions
    Restore {
        /// The copy
        file: PathBuf,
    },
    /// The merchant's own people
    Staff {
        #[command(subcommand)]
        command: StaffCommand,
    },
    /// Checks that everything in the database fits together
    Verify,
    /// Checks settings, database, mail server, disk and clock, and says how to mend what is wrong
    Doctor,
    /// Lists every page, function and route with the right that it needs
    Routes {
        /// As JSON, one object each
        #[arg(long)]
        json: bool,
    },
    /// Shows the settings
    Config {
        /// All settings with variable, flag, default and meaning
        #[arg(long, required = true)]
        explain: bool,
    },
}

#[derive(Debug, Subcommand)]
enum StaffCommand {
    /// Records a person for the Back Office
    Create {
        /// Email address
        #[arg(long)]
        email: String,
        /// Full name
        #[arg(long)]
        name: String,
        /// administrator, service, editor or auditor
        #[arg(long)]
        role: String,
    },
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let matches = command().get_matches();
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    match dispatch(cli, settings(&matches)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Told) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("customer-center: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// The command line with one flag per setting.
fn command() -> clap::Command {
    KEYS.iter().fold(Cli::command(), |command, key| {
        command.arg(
            Arg::new(key.name)
                .long(key.flag())
                .value_name("VALUE")
                .help(key.meaning)
                .help_heading("Settings")
                .hide_short_help(true)
                .global(true),
        )
    })
}

fn settings(matches: &ArgMatches) -> Vec<(String, String)> {
    KEYS.iter()
        .filter_map(|key| Some((key.name.to_owned(), matches.get_one::<String>(key.name)?.clone())))
        .collect()
}

fn dispatch(cli: Cli, flags: Vec<(String, String)>) -> Result<(), Failure> {
    let sources = Sources::of_process(cli.config, flags);
    match cli.command {
        Command::Config { explain: _ } => {
            print!("{}", crate::config::explain());
            Ok(())
        }
        Command::Routes { json } => {
            commands::routes(json);
            Ok(())
        }
        Command::Serve => in_runtime(commands::serve(&sources)),
        Command::Demo => in_runtime(commands::demo(sources)),
        Command::Migrate => in_runtime(commands::migrate(&sources)),
        Command::Import { folder, dry_run, complete } => {
            in_runtime(commands::import(&sources, folder, ImportOptions { dry_run, complete }))
        }
        Command::Backup { file } => in_runtime(commands::backup(&sources, &file)),
        Command::Restore { file } => in_runtime(commands::restore(&sources, &file)),
        Command::Staff { command: StaffCommand::Create { email, name, role } } => {
            in_runtime(commands::create_staff(&sources, &email, &name, &role))
        }
        Command::Verify => in_runtime(commands::verify(&sources)),
        Command::Doctor => in_runtime(commands::doctor(&sources)),
    }
}

fn in_runtime(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::System { what: "the runtime can't start".to_owned(), error })?;
    let result = runtime.block_on(work);
    // A thread that still hashes a password is not waited for.
    runtime.shutdown_timeout(Duration::from_secs(1));
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_a_flag_before_and_after_the_command() {
        command().debug_assert();
        for line in [
            ["customer-center", "--public-url", "https://portal.example", "serve"],
            ["customer-center", "serve", "--public-url", "https://portal.example"],
        ] {
            let matches = command().try_get_matches_from(line).unwrap();
            assert_eq!(settings(&matches), [("public_url".to_owned(), "https://portal.example".to_owned())]);
            assert!(matches!(Cli::from_arg_matches(&matches).unwrap().command, Command::Serve));
        }
    }
}
