//! One short file per verb, and what opens the files that a plan names.
