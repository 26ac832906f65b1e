//! The one binary. There is nothing in it yet: its crate names every dependency, so that they are known to
//! build together.

fn main() {}
