//! The command `customer-center`.

fn main() -> std::process::ExitCode {
    server::cli::run()
}
