//! The `attache` command.
fn main() {
    attache::cli::main()
}
