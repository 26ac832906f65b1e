//! Bad input: where it comes in × what it is × what its sender is told and where. Nothing is lost for it, and no answer
//! repeats a value.

mod amqp;
mod databases;
mod doors;
mod maps;
mod settings;
