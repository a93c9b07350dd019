//! The languages of `_redirects`.

use crate::model::enumerated;

enumerated! {
    /// Whose `_redirects` a file is; the file itself does not tell.
    #[derive(Hash)]
    pub enum RedirectsDialect {
        /// Netlify (<https://docs.netlify.com/manage/routing/redirects/overview/>).
        Netlify = "netlify",
        /// Cloudflare Pages and Workers static assets (<https://developers.cloudflare.com/pages/configuration/redirects/>).
        Cloudflare = "cloudflare",
        /// GitLab Pages (<https://docs.gitlab.com/user/project/pages/redirects/>).
        Gitlab = "gitlab",
    }
}
