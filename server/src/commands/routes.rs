use center::access::{Kind, Needs, Spec, table};
use model::Scope;
use serde::Serialize;

/// An operation as programs read it.
#[derive(Serialize)]
struct Route {
    name: &'static str,
    kind: &'static str,
    method: &'static str,
    path: &'static str,
    arguments: &'static [&'static str],
    permission: String,
}

impl Route {
    fn of(spec: &Spec) -> Self {
        let kind = match spec.kind {
            Kind::Page => "page",
            Kind::Function => "function",
            Kind::Route => "route",
        };
        let permission = match spec.needs {
            Needs::Anyone => "anyone".to_owned(),
            Needs::SignedIn => "signed_in".to_owned(),
            Needs::Right(right, Scope::Own) => format!("{}:own", right.key()),
            Needs::Right(right, Scope::Company) => format!("{}:company", right.key()),
            Needs::SecondStep => "staff:first_step".to_owned(),
            Needs::Staff => "staff".to_owned(),
            Needs::Office(right) => right.key().to_owned(),
        };
        Self { name: spec.name, kind, method: spec.method, path: spec.path, arguments: spec.args, permission }
    }
}

/// Lists every operation of the rights table.
pub(crate) fn routes(json: bool) {
    let routes: Vec<Route> = table().iter().map(Route::of).collect();
    if json {
        // Plain texts always have a form in JSON.
        println!("{}", serde_json::to_string_pretty(&routes).unwrap_or_default());
        return;
    }
    for route in routes {
        let arguments = route.arguments.join(" ");
        println!("{:<5} {:<34} {:<24} {arguments}", route.method, route.path, route.permission);
    }
}
