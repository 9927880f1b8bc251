//! Where bytes come from.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use symphonia::core::io::MediaSource;

/// A file, read from its beginning to its end.
pub trait Source: Send + Sync + 'static {
    /// Its length in bytes, once that is known.
    fn length(&self) -> Option<u64>;

    /// The bytes from a position on: as many as are at hand, at least one; none at the end. What
    /// lies before the last position is not asked for again.
    ///
    /// # Errors
    /// If the bytes cannot be had.
    fn at(&mut self, position: u64) -> io::Result<&[u8]>;
}

impl Source for Vec<u8> {
    fn length(&self) -> Option<u64> {
        u64::try_from(self.len()).ok()
    }

    fn at(&mut self, position: u64) -> io::Result<&[u8]> {
        let from = usize::try_from(position).unwrap_or(usize::MAX);
        Ok(self.get(from..).unwrap_or_default())
    }
}

/// A source that the decoder's library reads, and then whoever reads the samples.
#[derive(Clone)]
pub(crate) struct Shared(Arc<Mutex<dyn Source>>);

impl Shared {
    pub(crate) fn new(source: impl Source) -> Self {
        Self(Arc::new(Mutex::new(source)))
    }

    pub(crate) fn length(&self) -> Option<u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).length()
    }

    /// Hands over what lies at a position, `most` bytes of it at the most.
    pub(crate) fn at<T>(
        &self,
        position: u64,
        most: usize,
        take: impl FnOnce(&[u8]) -> T,
    ) -> io::Result<T> {
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = source.at(position)?;
        Ok(take(bytes.get(..most).unwrap_or(bytes)))
    }
}

/// A source as a stream. It says that it cannot be wound back, so that it never is.
pub(crate) struct Stream {
    pub(crate) source: Shared,
    pub(crate) position: u64,
}

impl Read for Stream {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let copied = self.source.at(self.position, into.len(), |bytes| {
            let (into, _) = into.split_at_mut(bytes.len());
            into.copy_from_slice(bytes);
            bytes.len()
        })?;
        self.position += copied as u64;
        Ok(copied)
    }
}

impl Seek for Stream {
    fn seek(&mut self, _to: SeekFrom) -> io::Result<u64> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

impl MediaSource for Stream {
    fn is_seekable(&self) -> bool {
        false
    }

    fn byte_len(&self) -> Option<u64> {
        self.source.length()
    }
}
