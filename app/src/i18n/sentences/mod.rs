//! The entries of the activity as sentences. Only the host needs them: pages get the words.
//!
//! A sentence begins with who did it. The German ones stand without the auxiliary, which depends on
//! whether that is the reader.

mod events;
mod facts;
#[cfg(test)]
mod tests;

use center::activity::{Doer, Happening, Record, Told, ToldChange};
use center::audit::{Event, Fact};
use model::{ActivityPerson, ActivityPlace, ActivityRow};

use self::events::{GAP, Whom, said};
use self::facts::change_words;
pub use self::facts::told_roles;
use super::Text;

texts! {
    act_portal: "The portal", "Das Portal";
    act_you: "You", "Sie";
    act_staff_of(shop: &str): "Staff of {shop}", "Das Team von {shop}";
    act_does: "", "hat ";
    act_do: "", "haben ";
    act_by_staff(event: &str): "{event} (staff)", "{event} (Mitarbeiter)";
    act_somebody: "somebody", "jemand";

    export_file: "activity", "aktivitaet";
    export_time(zone: &str): "Time ({zone})", "Zeit ({zone})";
    export_who: "Person", "Person";
    export_what: "Activity", "Aktivität";
    export_changes: "Changes", "Änderungen";
    export_network: "Network", "Netz";
    export_event: "Event", "Ereignis";
    export_company: "Company", "Firma";
    export_audit_file: "audit", "protokoll";
}

/// An entry in words.
pub fn sentence(t: Text, happening: Happening) -> ActivityRow {
    let whom = match &happening.whom {
        None => Whom::Own,
        Some(_) if happening.whom_you => Whom::You,
        Some(_) => Whom::Other,
    };
    let said = match happening.event {
        Some(event) => said(t, event, whom, &happening.changes),
        None => t.act_unknown().to_owned(),
    };
    let (who, auxiliary) = match happening.by {
        Doer::Portal => (t.act_portal().to_owned(), t.act_does()),
        Doer::You => (t.act_you().to_owned(), t.act_do()),
        Doer::Person(name) => (name, t.act_does()),
        Doer::Staff(shop) => (t.act_staff_of(&shop), t.act_does()),
    };
    let (before, after) = said.split_once(GAP).unwrap_or((&said, ""));
    let person = happening.whom.filter(|_| said.contains(GAP));
    let person = person.map(|(name, record)| ActivityPerson { name, page: record.map(path) });
    let is_known = |change: &ToldChange| {
        // The names of a role and of a new user stand in the sentence already.
        if change.fact == Fact::OwnRole {
            return true;
        }
        let name = person.as_ref().map(|person| Told::Text(person.name.clone()));
        happening.event == Some(Event::UserCreated) && change.fact == Fact::Name && change.to == name
    };
    let changes = happening.changes.iter().filter(|change| !is_known(change));
    ActivityRow {
        at: happening.at,
        when: happening.when,
        who,
        who_page: happening.by_page.map(path),
        before: [auxiliary, before].concat(),
        changes: changes.map(|change| change_words(t, change)).collect(),
        person,
        after: after.to_owned(),
        network: happening.network,
        place: happening.company.map(|company| ActivityPlace {
            page: format!("/office/companies/{}", company.id),
            name: company.name,
            number: company.number,
        }),
        event: String::new(),
        undo: happening.undo,
    }
}

/// The path of somebody's page.
fn path(record: Record) -> String {
    match record {
        Record::User(user) => format!("/users/{user}"),
        Record::OfficeUser(user) => format!("/office/users/{user}"),
        Record::Staff(staff) => format!("/office/staff/{staff}"),
    }
}

/// What an event is, without who did it to whom.
pub fn event_words(t: Text, event: Event) -> String {
    let words = said(t, event, Whom::Other, &[]).replace(GAP, t.act_somebody());
    // Some of what staff do to their own accounts reads as what users do.
    if event.key().starts_with("staff_") { t.act_by_staff(&words) } else { words }
}
