//! A file that is put together piece by piece and kept by the browser, outside of the memory of
//! this program, on its disk if it is large.

use js_sys::{Array, Uint8Array};
use web_sys::{Blob, BlobPropertyBag};

/// Bytes that are handed to the browser at once.
const PIECE: usize = 1024 * 1024;

/// A file that is being put together. Beyond `most` bytes it is given up.
pub(crate) struct Parts {
    parts: Array,
    piece: Vec<u8>,
    bytes: u64,
    most: u64,
}

impl Parts {
    pub(crate) fn up_to(most: u64) -> Self {
        Self { parts: Array::new(), piece: Vec::new(), bytes: 0, most }
    }

    /// Adds bytes at the end.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        if self.bytes > self.most {
            (self.parts, self.piece) = (Array::new(), Vec::new());
            return;
        }
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if let Some(part) = blob(&Array::of1(&Uint8Array::from(self.piece.as_slice())), "") {
            self.parts.push(&part);
        }
        self.piece.clear();
    }

    /// The file with a head in front; `None` if it was given up.
    pub(crate) fn file(mut self, head: &[u8], kind: &str) -> Option<Blob> {
        if self.bytes > self.most {
            return None;
        }
        self.flush();
        self.parts.unshift(&Uint8Array::from(head));
        blob(&self.parts, kind)
    }
}

fn blob(parts: &Array, kind: &str) -> Option<Blob> {
    let properties = BlobPropertyBag::new();
    properties.set_type(kind);
    Blob::new_with_u8_array_sequence_and_options(parts, &properties).ok()
}
