//! Every profile held against all that was measured of its client.
//!
//! `cells/*.tsv` hold what each client did on one redirect (suites main, names, tls, limit, stream, loc), equal outcomes on
//! one line; `chains.tsv` what it sent in chains of several. `forms.json` says which Location each form of suite loc
//! stands for, `crossings.json` which URLs each crossing. Only what `exclusions.json` names and gives a reason for is
//! left out: of those cells, whether the client reported an error.

mod cells;
mod chains;
mod observed;
mod predict;
