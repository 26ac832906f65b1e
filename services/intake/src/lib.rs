//! Owns the request: its front doors, its life, its review.
