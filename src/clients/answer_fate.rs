//! What a client does with a redirect that is itself at fault.

use serde::{Deserialize, Serialize};

use crate::model::enumerated;

enumerated! {
    /// What a client does with a redirect that is itself at fault: its length, its chunks, its coding, its size.
    #[derive(PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum AnswerFate {
        /// It goes on as if nothing were wrong.
        Followed = "followed",
        /// It fails.
        Error = "error",
        /// It takes the redirect for its answer.
        Response = "response",
        /// It waits for more, as long as it was watched.
        Waits = "waits",
    }
}
