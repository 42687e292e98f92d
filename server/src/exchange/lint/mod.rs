//! What we hand out of a module, held against what each standard asks for: red or green for who curates, before another system
//! says so. The rules are those of the public schemas, written down anew; our tests hold both against each other.
//!
//! - [`rule`]: what is asked of a value
//! - [`standards`]: what each standard asks for, and what it cannot carry

mod rule;
mod standards;

pub use standards::judge;
