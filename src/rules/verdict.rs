//! How RFC 9110 looks on what a client did.

use crate::model::enumerated;

enumerated! {
    /// The verdict levels, best to worst (`rehop explain` describes each).
    #[derive(PartialOrd, Ord, Hash)]
    pub enum Verdict {
        /// A MUST or MUST NOT leaves only this.
        Required = "required",
        /// What a SHOULD asks for.
        Recommended = "recommended",
        /// Allowed by a MAY, or left open.
        Permitted = "permitted",
        /// Against a SHOULD, or outside any permission.
        Discouraged = "discouraged",
        /// Against a MUST NOT, or ruled out in words.
        Forbidden = "forbidden",
    }
}
