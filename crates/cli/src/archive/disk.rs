//! Files that are whole or not there: each is written under another name in its own folder, forced
//! to the disk, and renamed. Nobody but their owner can read them.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What stands behind the name of a file that is being written.
const PART: &str = ".part";

/// Makes a folder, and those above it.
pub(super) fn make(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Writes a file as a whole.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    let (part, mut file) = begin(path)?;
    file.write_all(text.as_bytes())?;
    end(file, &part, path)
}

/// Begins a file under another name. One that was begun before is begun anew.
pub(super) fn begin(path: &Path) -> io::Result<(PathBuf, File)> {
    let part = part_of(path);
    remove(&part)?;
    let file = options().write(true).create_new(true).open(&part)?;
    Ok((part, file))
}

/// Ends a file that was begun: from now on it is there under its own name.
pub(super) fn end(file: File, part: &Path, path: &Path) -> io::Result<()> {
    file.sync_all()?;
    drop(file);
    fs::rename(part, path)?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Opens a file for going on behind what is there.
pub(super) fn go_on(path: &Path) -> io::Result<File> {
    options().append(true).create(true).open(path)
}

/// Opens the file that one run locks, so that no other does.
pub(super) fn lockable(path: &Path) -> io::Result<File> {
    options().write(true).create(true).truncate(false).open(path)
}

/// Removes a file, if it is there. A link is removed, never what it leads to.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// The size of a file; `None` if there is none, or something else of this name.
pub(super) fn size(path: &Path) -> Option<u64> {
    let data = fs::symlink_metadata(path).ok()?;
    data.is_file().then_some(data.len())
}

/// Whether something of this name is there.
pub(super) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether a folder of this name is there, and no link to one.
pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|data| data.is_dir())
}

/// What is in a folder, by names. Names that are no text are somebody else's.
pub(super) fn names(path: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort_unstable();
    Ok(names)
}

/// The name that a file has while it is written.
pub(super) fn part_of(path: &Path) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(PART);
    PathBuf::from(name)
}

fn options() -> OpenOptions {
    #[allow(unused_mut, reason = "on other systems there is no mode")]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A name is on the disk when its folder is.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}
