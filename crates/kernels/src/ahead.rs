//! Having memory brought near before it is needed. A loop that has something to do with each value
//! sees only a few of them ahead, and waits for memory again and again; one that does nothing else
//! than asking is answered many times at once.

/// Bytes that come from memory together.
const LINE: usize = 64;

/// Has values brought near that will be looked at soon, and all of them. There should not be more
/// than the nearest memory holds: some ten thousand bytes.
#[inline]
pub(crate) fn bring<T: Copy>(values: &[T]) {
    for line in values.chunks((LINE / size_of::<T>().max(1)).max(1)) {
        std::hint::black_box(line.first().copied());
    }
}
