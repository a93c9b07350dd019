//! A client by the name that somebody chose for it.

use super::Profile;

/// A client, to compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedProfile {
    /// As the user named it: an id, an alias, the id in a file.
    pub name: String,
    /// What it does.
    pub profile: Profile,
}

impl NamedProfile {
    /// What people call it: a name of its own where the user gave the id.
    #[must_use]
    pub fn called(&self) -> &str {
        if self.name == self.profile.id {
            self.profile.called()
        } else {
            &self.name
        }
    }
}
