//! The `attache` command; everything it does is in [`attache::cli`].

fn main() -> std::process::ExitCode {
    attache::cli::main()
}
