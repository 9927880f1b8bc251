//! Opened files: bytes become calls, without anybody being asked.

pub mod calldeck;
