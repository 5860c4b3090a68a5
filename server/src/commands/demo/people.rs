use model::{Role, StaffRole};

/// The password of everybody in the demo.
pub(super) const PASSWORD: &str = "orchard lantern 42";

/// A company of the sample that is activated for the demo.
pub(super) struct DemoCompany {
    pub(super) name: &'static str,
    pub(super) customer: &'static str,
    pub(super) invoice: &'static str,
    pub(super) administrator: Administrator,
    pub(super) people: &'static [DemoUser],
}

/// Who activates it, as the sample's ERP knows the person.
pub(super) struct Administrator {
    pub(super) email: &'static str,
    pub(super) salutation: &'static str,
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
}

/// Somebody whom the administrator adds.
pub(super) struct DemoUser {
    pub(super) contact: &'static str,
    pub(super) salutation: &'static str,
    pub(super) name: &'static str,
    pub(super) email: &'static str,
    pub(super) roles: &'static [Role],
    pub(super) per_order: &'static str,
    pub(super) per_month: &'static str,
    /// Followed the invitation; the others still have it in their mailbox.
    pub(super) signs_in: bool,
    /// Was switched off afterwards.
    pub(super) deactivated: bool,
    /// The roles in words
    pub(super) words: &'static str,
}

const fn user(
    contact: &'static str,
    salutation: &'static str,
    name: &'static str,
    email: &'static str,
) -> DemoUser {
    DemoUser {
        contact,
        salutation,
        name,
        email,
        roles: &[Role::Viewer],
        per_order: "",
        per_month: "",
        signs_in: false,
        deactivated: false,
        words: "",
    }
}

pub(super) const COMPANIES: &[DemoCompany] = &[
    DemoCompany {
        name: "Good Toys",
        customer: "10-4020-000609",
        invoice: "IN71774",
        administrator: Administrator {
            email: "david16@adventure-works.example",
            salutation: "mr",
            first_name: "David",
            last_name: "Hodgson",
        },
        people: &[
            DemoUser {
                roles: &[Role::Approver],
                signs_in: true,
                words: "Approver",
                ..user("KT900091", "ms", "Bronwyn Pryce", "bronwyn.pryce@good-toys.example")
            },
            DemoUser {
                roles: &[Role::Buyer],
                per_order: "500",
                per_month: "2000",
                signs_in: true,
                words: "Buyer with budgets",
                ..user("KT900092", "mr", "Jörg Straßburger", "joerg.strassburger@good-toys.example")
            },
            DemoUser {
                roles: &[Role::Accountant, Role::Viewer],
                signs_in: true,
                words: "Accountant and viewer",
                ..user("KT900093", "ms", "Noor Rahman", "noor.rahman@good-toys.example")
            },
            DemoUser {
                signs_in: true,
                deactivated: true,
                words: "Viewer, deactivated",
                ..user("KT900095", "ms", "Þóra Guðmundsdóttir", "thora.gudmundsdottir@good-toys.example")
            },
            DemoUser {
                roles: &[Role::Buyer],
                per_order: "250",
                ..user("KT900094", "mr", "Émile Gagnon", "emile.gagnon@good-toys.example")
            },
        ],
    },
    // Her login opens the next one too; signing in leads to the one that she came to last.
    DemoCompany {
        name: "Vigorous Sports Store (German)",
        customer: "10-4020-000160",
        invoice: "IN71867",
        administrator: Administrator {
            email: "janeth1@adventure-works.example",
            salutation: "ms",
            first_name: "Janeth",
            last_name: "Esteves",
        },
        people: &[],
    },
    DemoCompany {
        name: "Central Bicycle Specialists (German)",
        customer: "10-4020-000466",
        invoice: "IN71946",
        administrator: Administrator {
            email: "janeth1@adventure-works.example",
            salutation: "ms",
            first_name: "Janeth",
            last_name: "Esteves",
        },
        people: &[],
    },
];

/// Facts to try the activation with: customer, invoice, email, and what comes of it.
pub(super) const ACTIVATE: &[(&str, &str, &str, &str)] = &[
    (
        "10-4020-000006",
        "IN71915",
        "rosmarie0@adventure-works.example",
        "makes a company and its main contact",
    ),
    ("10-4020-000024", "IN71783", "kevin5@adventure-works.example", "makes a company and its main contact"),
    (
        "10-4020-000142",
        "IN71797",
        "david16@adventure-works.example",
        "opens a further company for David Hodgson's login",
    ),
    ("10-4020-000340", "IN71780", "somebody@nearby.example", "is sent to the company's administrator"),
];

/// Somebody of the shop, for the Back Office.
pub(super) struct DemoStaff {
    pub(super) email: &'static str,
    pub(super) name: &'static str,
    pub(super) role: StaffRole,
    /// The secret of the person's app, in base32 as apps take it.
    pub(super) app: &'static str,
    /// The role in words
    pub(super) words: &'static str,
}

pub(super) const STAFF: &[DemoStaff] = &[
    DemoStaff {
        email: "office@adventure-works.example",
        name: "Shop Office",
        role: StaffRole::Administrator,
        app: "ORCHARDLANTERNADMINISTRATOR22222",
        words: "Administrator",
    },
    DemoStaff {
        email: "service@adventure-works.example",
        name: "Shop Service",
        role: StaffRole::Service,
        app: "ORCHARDLANTERNSERVICE22222222222",
        words: "Service",
    },
    DemoStaff {
        email: "editor@adventure-works.example",
        name: "Shop Editor",
        role: StaffRole::Editor,
        app: "ORCHARDLANTERNEDITOR222222222222",
        words: "Editor",
    },
    DemoStaff {
        email: "auditor@adventure-works.example",
        name: "Shop Auditor",
        role: StaffRole::Auditor,
        app: "ORCHARDLANTERNAUDITOR22222222222",
        words: "Auditor",
    },
];
