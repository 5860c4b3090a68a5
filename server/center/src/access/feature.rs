//! Which operations end when the merchant switches a feature off. It is asked by [`super::authorize`]
//! before anything else, so that no page and no use case has to think of it.

use model::{Feature, FeaturesOff};

use super::Spec;

/// What goes on whatever is off: language and look, signing out and acting for another company, the logo, the demo's mails.
const ALWAYS: [&str; 9] = [
    "viewer.set_language",
    "viewer.set_theme",
    "accounts.sign_out",
    // From a company that is off to another one.
    "accounts.switch_company",
    "shop.logo",
    "page.inbox",
    "page.inbox.mail",
    "inbox.list",
    "inbox.get",
];

impl Spec {
    /// The features that it is a part of. The Back Office, and whether the host is alive, belong to none.
    pub fn features(&self) -> &'static [Feature] {
        use Feature::{AccessRequests, CustomerAccess, SelfActivation};
        let apart = ["/office", "/api/office/", "/health/"];
        if apart.iter().any(|path| self.path.starts_with(path)) || ALWAYS.contains(&self.name) {
            return &[];
        }
        if self.name == "activation.request_access" {
            return &[CustomerAccess, SelfActivation, AccessRequests];
        }
        if self.name.starts_with("activation.") || self.name.starts_with("page.activate") {
            return &[CustomerAccess, SelfActivation];
        }
        &[CustomerAccess]
    }

    /// The first of its features that is off.
    pub fn closed_by(&self, off: FeaturesOff) -> Option<Feature> {
        self.features().iter().copied().find(|feature| off.has(*feature))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Operation, table};
    use super::*;

    #[test]
    fn with_customer_access_off_only_the_back_office_and_the_frame_go_on() {
        let off = FeaturesOff::read("customer_access");
        for spec in table().iter().filter(|spec| spec.closed_by(off).is_none()) {
            assert!(
                ALWAYS.contains(&spec.name)
                    || spec.path.contains("/office")
                    || spec.path.starts_with("/health/"),
                "{}",
                spec.name
            );
        }
        for name in ALWAYS {
            assert!(table().iter().any(|spec| spec.name == name), "{name}");
        }
    }

    #[test]
    fn parts_end_alone() {
        let closed = |operation: Operation, off: &str| operation.spec().closed_by(FeaturesOff::read(off));
        assert_eq!(closed(Operation::ActivationStart, "self_activation"), Some(Feature::SelfActivation));
        assert_eq!(closed(Operation::PageActivateYou, "self_activation"), Some(Feature::SelfActivation));
        assert_eq!(closed(Operation::SignIn, "self_activation access_requests"), None);
        assert_eq!(
            closed(Operation::ActivationRequestAccess, "access_requests"),
            Some(Feature::AccessRequests)
        );
        assert_eq!(closed(Operation::UsersGrantAccess, "access_requests"), None);
    }
}
