//! Small databases made after public reports of people who answer these requests, each with the right result.

mod identity;
mod language;
mod rows;
mod world;
