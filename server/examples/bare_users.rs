//! The list of users as a bare axum handler: what `make bench` compares the portal's page with. It
//! asks the same use case for the rows and writes the portal's own HTML around them by hand, without a
//! framework, without resolving a session and without the portal's layers.
//!
//! `bare_users DATABASE EMAIL PASSWORD PAGE PORT`; PAGE is a file with the portal's answer.

use std::error::Error;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::get;
use center::access::{Actor, Client};
use center::accounts::{sessions, sign_in};
use center::erp::EmbeddedErp;
use center::shop::Shop;
use center::store::Db;
use center::{Center, Parts, Seal, Settings, SystemClock, SystemEntropy, users};
use model::{FeaturesOff, Locale, Theme, UserRow, UsersQuery};

/// The same as the portal's, so that it makes no difference.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The page, cut where the values of a row stand.
enum Piece {
    Text(String),
    Name(usize),
    Email(usize),
}

fn cut(page: &str, rows: &[UserRow]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = page;
    loop {
        let next = rows.iter().enumerate().flat_map(|(i, row)| {
            let name = rest.find(&row.name).map(|at| (at, row.name.len(), Piece::Name(i)));
            let email = rest.find(&row.email).map(|at| (at, row.email.len(), Piece::Email(i)));
            [name, email].into_iter().flatten()
        });
        let Some((at, length, piece)) = next.min_by_key(|(at, ..)| *at) else { break };
        pieces.push(Piece::Text(rest[..at].to_owned()));
        pieces.push(piece);
        rest = &rest[at + length..];
    }
    pieces.push(Piece::Text(rest.to_owned()));
    pieces
}

fn write(pieces: &[Piece], rows: &[UserRow]) -> String {
    let mut html = String::with_capacity(128 * 1024);
    let value = |html: &mut String, row: Option<&UserRow>, get: fn(&UserRow) -> &str| {
        for char in row.map(get).unwrap_or_default().chars() {
            match char {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                char => html.push(char),
            }
        }
    };
    for piece in pieces {
        match piece {
            Piece::Text(text) => html.push_str(text),
            Piece::Name(row) => value(&mut html, rows.get(*row), |row| &row.name),
            Piece::Email(row) => value(&mut html, rows.get(*row), |row| &row.email),
        }
    }
    html
}

async fn open(database: &str) -> Result<Center, Box<dyn Error>> {
    let db = Db::open(database).await?;
    Ok(Center::new(Parts {
        erp: Arc::new(EmbeddedErp::new(db.clone())),
        db,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        settings: Settings {
            shop_name: "Bench".to_owned(),
            shop_contact: String::new(),
            public_url: "http://localhost".to_owned(),
            confirm_email: false,
            time_zone: "UTC".to_owned(),
            locale: Locale::En,
            mail_dir: None,
            inbox: false,
            access_review_days: 0,
            view_as_mail: true,
        },
        seal: Seal::new(""),
    })?)
}

async fn enter(center: &Center, email: &str, password: &str) -> Result<Actor, Box<dyn Error>> {
    let client = Client {
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        device: String::new(),
        locale: Locale::En,
        theme: Theme::System,
        shop: Arc::new(Shop::configured(center.settings())),
        off: FeaturesOff::default(),
    };
    let entered = sign_in(center, &Actor::Anonymous(client.clone()), email, password, "").await?;
    let signed_in = sessions::resolve(center, &entered.token.text(), &client).await?;
    Ok(Actor::User(Box::new(signed_in.ok_or("the session is not there")?)))
}

#[tokio::main]
#[expect(clippy::disallowed_methods, reason = "bare means without the portal's listener")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [database, email, password, page, port] = arguments.as_slice() else {
        return Err("bare_users DATABASE EMAIL PASSWORD PAGE PORT".into());
    };
    let center = Arc::new(open(database).await?);
    let actor = Arc::new(enter(&center, email, password).await?);
    let page = std::fs::read_to_string(page)?;
    let rows = users::list(&center, &actor, &UsersQuery::default()).await?.users.rows;
    let pieces = Arc::new(cut(&page, &rows));
    if write(&pieces, &rows) != page {
        return Err("the page written by hand is not the portal's".into());
    }

    let answer = move || {
        let (center, actor, pieces) = (Arc::clone(&center), Arc::clone(&actor), Arc::clone(&pieces));
        async move {
            match users::list(&center, &actor, &UsersQuery::default()).await {
                Ok(found) => Ok(Html(write(&pieces, &found.users.rows))),
                Err(_) => Err(StatusCode::INTERNAL_SERVER_ERROR),
            }
        }
    };
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port.parse()?)).await?;
    axum::serve(listener, Router::new().route("/users", get(answer))).await?;
    Ok(())
}
