//! Texts of the roles of a company, and what a role allows in words.

use model::{Grants, Permission, RightLoss, RoleLabel, Scope};

use super::{Text, permission_text, role_name};

texts! {
    tab_roles: "Roles", "Rollen";
    roles_table: "Roles, the built-in ones first", "Rollen, die eingebauten zuerst";
    col_role: "Role", "Rolle";
    col_allows: "What people can do with it", "Was man damit darf";
    col_users: "Users", "Benutzer";
    built_in: "Built in", "Eingebaut";
    new_role: "New role", "Neue Rolle";
    new_role_lead: "Choose what people with this role can do. Roles of a person add up.",
        "Wählen Sie, was man mit dieser Rolle darf. Mehrere Rollen einer Person ergänzen sich.";
    copy_role: "Copy role", "Rolle kopieren";
    create_role: "Create role", "Rolle anlegen";
    role_name_label: "Name", "Name";
    role_rights: "Rights", "Rechte";
    role_rights_hint: "“Only own” is what the person made or is; “whole company” is everything of the company.",
        "„Nur eigene“ ist, was die Person angelegt hat oder selbst ist; „ganze Firma“ ist alles in der Firma.";
    scope_none: "No", "Nein";
    scope_own: "Only own", "Nur eigene";
    scope_company: "Whole company", "Ganze Firma";
    right_not_yours: "You lack this right, so you can't give it.", "Ihnen fehlt dieses Recht, daher können Sie es nicht vergeben.";
    only_own(right: &str): "{right} (own only)", "{right} (nur eigene)";
    everything: "Everything in the company", "Alles in der Firma";
    role_preview: "What this role means", "Was diese Rolle bedeutet";
    role_preview_can: "People with it can", "Man darf damit";
    role_preview_cannot: "They can't", "Man darf damit nicht";
    nothing_at_all: "Nothing", "Nichts";
    role_built_in_hint: "Built-in roles stay as they are. Copy one to make your own from it.",
        "Eingebaute Rollen bleiben, wie sie sind. Kopieren Sie eine, um daraus eine eigene zu machen.";
    role_lacking_hint: "You lack a right in this role, so you can't change it.",
        "Ihnen fehlt ein Recht dieser Rolle, daher können Sie sie nicht ändern.";
    own_role_summary: "A role of your company.", "Eine Rolle Ihrer Firma.";
    unknown_role: "Deleted role", "Gelöschte Rolle";

    losses_title: "Nothing is saved yet. These people would lose rights:",
        "Noch ist nichts gespeichert. Diese Personen würden Rechte verlieren:";
    loss_one(right: &str, names: &str): "1 user would lose this right: {right} – {names}", "1 Benutzer würde dieses Recht verlieren: {right} – {names}";
    loss_many(count: u32, right: &str, names: &str): "{count} users would lose this right: {right} – {names}", "{count} Benutzer würden dieses Recht verlieren: {right} – {names}";
    loss_one_own(right: &str, names: &str): "1 user would keep this right for own things only: {right} – {names}", "1 Benutzer hätte dieses Recht nur noch für Eigenes: {right} – {names}";
    loss_many_own(count: u32, right: &str, names: &str): "{count} users would keep this right for own things only: {right} – {names}", "{count} Benutzer hätten dieses Recht nur noch für Eigenes: {right} – {names}";
    and_more(names: String, count: u32): "{names} and {count} more", "{names} und {count} weitere";
    confirm_losses: "Save and take these rights", "Speichern und diese Rechte nehmen";

    delete_role: "Delete role", "Rolle löschen";
    delete_role_ask: "Delete role…", "Rolle löschen…";
    delete_role_title(name: &str): "Delete the role {name}?", "Die Rolle {name} löschen?";
    delete_role_text: "Nobody has it. It can't be brought back.", "Niemand hat sie. Sie lässt sich nicht zurückholen.";
    delete_role_keep: "Keep role", "Rolle behalten";
    in_use_one: "1 user has this role. Give this user another role before you delete it.",
        "1 Benutzer hat diese Rolle. Geben Sie diesem Benutzer eine andere, bevor Sie sie löschen.";
    in_use_many(count: u32): "{count} users have this role. Give them another one before you delete it.",
        "{count} Benutzer haben diese Rolle. Geben Sie ihnen eine andere, bevor Sie sie löschen.";
    show_users_with_role: "Show users with this role", "Benutzer mit dieser Rolle zeigen";

    done_role_created: "Role created", "Rolle angelegt";
    done_role_saved: "Role saved. It counts from now on", "Rolle gespeichert. Sie gilt ab sofort";
    done_role_deleted: "Role deleted", "Rolle gelöscht";
}

/// A role's name, built in or not.
pub fn role_label(t: Text, label: &RoleLabel) -> String {
    match label.role {
        model::RoleRef::BuiltIn(role) => role_name(t, role).to_owned(),
        model::RoleRef::Own(_) => label.own_name.clone(),
    }
}

/// A right with its scope, in the middle of a sentence.
fn right_text(t: Text, permission: Permission, scope: Scope) -> String {
    let right = permission_text(t, permission);
    match scope {
        Scope::Own => t.only_own(right),
        Scope::Company => right.to_owned(),
    }
}

/// All rights, each in words.
pub fn rights_text(t: Text, grants: &Grants) -> Vec<String> {
    grants.iter().map(|(permission, scope)| right_text(t, permission, scope)).collect()
}

/// What people would lose, in one sentence.
pub fn loss_text(t: Text, loss: &RightLoss) -> String {
    let right = permission_text(t, loss.permission);
    let names = loss.names.join(", ");
    let more = loss.users.saturating_sub(u32::try_from(loss.names.len()).unwrap_or(u32::MAX));
    let names = if more > 0 { t.and_more(names, more) } else { names };
    match (loss.left, loss.users) {
        (None, 1) => t.loss_one(right, &names),
        (None, users) => t.loss_many(users, right, &names),
        (Some(_), 1) => t.loss_one_own(right, &names),
        (Some(_), users) => t.loss_many_own(users, right, &names),
    }
}

/// How many users have a role that is to be deleted, and what to do first.
pub fn in_use_text(t: Text, users: u32) -> String {
    if users == 1 { t.in_use_one().to_owned() } else { t.in_use_many(users) }
}
