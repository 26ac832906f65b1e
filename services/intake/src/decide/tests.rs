//! Lives are led, plain ones by hand and many by dice, and looked at after each step.

mod dice;
mod plain;
mod standing;
mod world;
