//! Takes a program for the browser apart: what only a part needs goes to a file of its own, and the
//! rest into one that `wasm-bindgen` is run on.
//!
//! `cut PROGRAM FOLDER NAME`: writes `FOLDER/NAME.wasm`, the parts, and the script that fetches them.

use std::error::Error;
use std::path::PathBuf;

use wasm_split_cli_support::{Options, transform};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [program, folder, name] = arguments.as_slice() else {
        return Err("cut takes a program, a folder and a name".into());
    };
    let program = std::fs::read(program)?;
    let folder = PathBuf::from(folder);
    let (rest, script) = (folder.join(format!("{name}.wasm")), format!("./{name}.js"));
    let mut options = Options::new(&program);
    options.output_dir = &folder;
    options.main_out_path = &rest;
    options.main_module = &script;
    transform(options).map_err(|error| format!("{error:#}"))?;
    Ok(())
}
