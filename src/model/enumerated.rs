//! Closed lists of words: enums whose every variant has a name that documents, flags and messages share.

/// A closed list of words.
///
/// Implemented by the macro that declares such enums, so that no list can forget a variant.
pub trait Enumerated: Copy + 'static {
    /// Every variant, in the order of declaration.
    const ALL: &'static [Self];

    /// The name that documents and flags use.
    fn as_str(self) -> &'static str;
}

/// Declares an enum together with [`Enumerated`], `ALL`, `as_str` and `Display`.
///
/// ```text
/// enumerated! {
///     /// How much a finding matters.
///     #[derive(PartialOrd, Ord)]
///     pub enum Severity {
///         /// Worth knowing.
///         Info = "info",
///     }
/// }
/// ```
macro_rules! enumerated {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        $vis enum $name {
            $($(#[$variant_meta])* $variant,)+
        }

        impl $name {
            /// Every variant, in the order of declaration.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// The name that documents and flags use.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl crate::model::Enumerated for $name {
            const ALL: &'static [Self] = &Self::ALL;

            fn as_str(self) -> &'static str {
                Self::as_str(self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

pub(crate) use enumerated;
