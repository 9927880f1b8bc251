//! The names by which the page's program and its script find each other. wasm-bindgen makes them of
//! what is called and sixteen random digits, and nothing compresses those: two kilobytes in each of
//! the two files, which are all that everybody downloads.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use crate::Outcome;

/// How all of them begin.
const START: &[u8] = b"__wb";
/// Digits at their end.
const DIGITS: usize = 16;

/// Gives what a script and the programs of a folder call each other plain names, as long as the
/// ones that wasm-bindgen gave them, so that nothing else in a program moves.
pub(super) fn make_plain(folder: &Path, script: &str) -> Outcome {
    let script = folder.join(script);
    let names = plain_names(&fs::read(&script)?);
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path == script || path.extension().is_some_and(|kind| kind == "wasm") {
            fs::write(&path, renamed(&fs::read(&path)?, &names))?;
        }
    }
    Ok(())
}

/// The plain name of each: a number behind as many underscores as make it as long.
fn plain_names(script: &[u8]) -> HashMap<Vec<u8>, Vec<u8>> {
    let mut names = HashMap::new();
    let mut rest = script;
    while let Some((_, name, after)) = next_name(rest) {
        let plain = format!("{:_>width$}", names.len(), width = name.len());
        names.entry(name.to_vec()).or_insert(plain.into_bytes());
        rest = after;
    }
    names
}

fn renamed(content: &[u8], names: &HashMap<Vec<u8>, Vec<u8>>) -> Vec<u8> {
    let mut renamed = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some((before, name, after)) = next_name(rest) {
        renamed.extend_from_slice(before);
        renamed.extend_from_slice(names.get(name).map_or(name, Vec::as_slice));
        rest = after;
    }
    renamed.extend_from_slice(rest);
    renamed
}

/// The next name with what stands before and behind it.
fn next_name(content: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let starts = content.windows(START.len()).enumerate().filter(|(_, part)| *part == START);
    starts.map(|(start, _)| start).find_map(|start| {
        let (before, name) = content.split_at(start);
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let end = name.iter().position(|byte| !is_part(byte)).unwrap_or(name.len());
        let (name, after) = name.split_at(end);
        let (said, digits) = name.split_at(name.len().saturating_sub(DIGITS));
        let is_digit = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
        (said.ends_with(b"_") && digits.iter().all(is_digit)).then_some((before, name, after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "imports={__wbg_fetch_8d9b732df7467c44:function(){},\
        __wbg_new_227d7c05414eb861:()=>1,__wbg_new_1dbf7428bba60a42:2,__wbg_free(){},__wb}";

    #[test]
    fn program_and_script_find_each_other_by_plain_names_of_the_same_length() {
        let names = plain_names(SCRIPT.as_bytes());
        let plain = [("fetch_8d9b732df7467c44", 28, "0"), ("new_1dbf7428bba60a42", 26, "2")];
        for (name, length, number) in plain {
            let renamed = &names[format!("__wbg_{name}").as_bytes()];
            assert_eq!((renamed.len(), renamed.ends_with(number.as_bytes())), (length, true));
            assert!(renamed.starts_with(b"__"));
        }
        let program = b"\0\x1c__wbg_fetch_8d9b732df7467c44\0\xff__wbg_other_0123456789abcdef\0__w";
        let renamed = renamed(program, &names);
        assert_eq!(renamed.len(), program.len());
        assert!(renamed.starts_with(b"\0\x1c___________________________0\0\xff__wbg_other_"));
    }

    #[test]
    fn what_has_no_such_name_stays_as_it_is() {
        let names = plain_names(SCRIPT.as_bytes());
        for content in ["", "__wb", "__wbg_free", "__wbg_x_8d9b732df7467c4", "__wbindgen_malloc()"]
        {
            assert_eq!(renamed(content.as_bytes(), &names), content.as_bytes());
        }
        let script = renamed(SCRIPT.as_bytes(), &names);
        assert!(script.ends_with(b"__wbg_free(){},__wb}"));
    }
}
