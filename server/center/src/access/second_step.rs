//! What is open to a user whose company wants a second step that the user has not set up yet.

use super::{Actor, Needs, Spec};

/// Setting it up, and acting for another company instead. What needs no session is open to everybody anyway.
const OPEN: [&str; 6] = [
    "accounts.switch_company",
    "accounts.my_second_step",
    "accounts.begin_second_step",
    "accounts.set_up_second_step",
    "accounts.keep_recovery_codes",
    "page.profile.second_step",
];

/// Whether the actor has to set up the second step before this operation.
pub fn wants_second_step(actor: &Actor, spec: &Spec) -> bool {
    matches!(spec.needs, Needs::SignedIn | Needs::Right(..))
        && !OPEN.contains(&spec.name)
        && actor.signed_in().is_some_and(super::SignedIn::lacks_second_step)
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;

    #[test]
    fn every_name_stands_in_the_table() {
        for name in OPEN {
            assert!(table().iter().any(|spec| spec.name == name), "{name}");
        }
    }
}
