use super::syntax::{Piece, pieces};

/// Names that templates of the system which merchants come from use, in small letters, and ours for the same.
const ALIASES: &[(&str, &str)] = &[
    ("companyinformation.loginurl", "sign_in_url"),
    ("companyinformation.customercenterloginurl", "sign_in_url"),
    ("companyinformation.companyname", "shop"),
    ("companyinformation.legalname", "shop"),
    ("companyinformation.name", "shop"),
    ("companyinformation.email", "shop_contact"),
    ("companyinformation.phone", "shop_contact"),
    ("companyinformation.returnemailaddress", "shop_contact"),
    ("companyinformation.url", "public_url"),
    ("preferences.message_signature", "shop_contact"),
    ("customer.companyname", "company"),
    ("customer.company", "company"),
    ("customer.entityid", "customer_number"),
    ("customer.accountnumber", "customer_number"),
    ("customer.number", "customer_number"),
    ("customer.email", "login"),
    ("contact.email", "login"),
    ("recipient.email", "login"),
    ("user.email", "login"),
    ("customer.name", "name"),
    ("contact.name", "name"),
    ("contact.entityid", "name"),
    ("recipient.name", "name"),
    ("recipient.firstname", "name"),
    ("contact.firstname", "name"),
    ("user.name", "name"),
    ("user.firstname", "name"),
    ("user.passwordurl", "link"),
    ("user.reseturl", "link"),
    ("user.activationurl", "link"),
    ("passwordurl", "link"),
    ("reseturl", "link"),
    ("activationurl", "link"),
    ("verificationcode", "code"),
];

/// Our name for one of the other system.
pub(super) fn alias(name: &str) -> Option<&'static str> {
    ALIASES.iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(name)).map(|(_, ours)| *ours)
}

/// Writes names of the other system as ours. What can't be mapped stays, for the linter to list it.
pub(crate) fn take_over(source: &str) -> String {
    let mut taken = String::with_capacity(source.len());
    for piece in pieces(source) {
        match piece {
            Piece::Text(text) => taken.push_str(text),
            Piece::Variable { name, at } if source[at..].starts_with('$') => {
                let known = ALIASES.iter().any(|(_, ours)| *ours == name);
                let (open, close) = if known { ("{{ ", " }}") } else { ("${", "}") };
                taken.extend([open, name, close]);
            }
            Piece::Variable { name, .. } => taken.extend(["{{ ", name, " }}"]),
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::take_over;

    #[test]
    fn names_of_the_other_system_become_ours_or_stay() {
        assert_eq!(
            take_over(
                "<a href=\"${companyInformation.loginUrl}\">${CompanyInformation.CompanyName}</a> ${x.y}"
            ),
            "<a href=\"{{ sign_in_url }}\">{{ shop }}</a> ${x.y}"
        );
    }
}
