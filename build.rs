//! Keeps what the program is cut by, where it is built to be cut (feature `split`).

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let wasm = std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    if wasm && std::env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        // Where code names other code: without it nothing could be moved.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
