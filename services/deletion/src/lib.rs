//! Carries out a plan of deletion and has it verified.
