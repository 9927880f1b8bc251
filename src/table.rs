//! How somebody wants the table of calls: which columns, in which order and how wide, how dense,
//! whether in pages. Plain values; where they are kept is the browser's affair.

mod arrangement;
mod column;

pub use arrangement::{Arrangement, Density, Fitted};
pub use column::{Column, Look};
