//! Finds the subject in the systems, round by round, and proposes a plan.
