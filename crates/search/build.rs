//! The number of this crate's sources, see `build_number.rs`.

mod build_number;

fn main() -> std::io::Result<()> {
    build_number::tell("SEARCH_BUILD")
}
