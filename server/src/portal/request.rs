use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use app::host::{Cookie, Reply, Request};
use axum::http::header::{ACCEPT_LANGUAGE, USER_AGENT};
use axum::http::request::Parts;
use center::access::{Actor, Client, Operation, Place};
use center::accounts::{choices, sessions};
use center::office;
use center::shop;
use center::store::StoreError;
use model::{Draft, Grants, Locale, OfficeViewer, RequestId, Theme, Viewer, ViewerUser};

use super::Portal;
use crate::web::client::ClientAddress;

/// Whether a page asks by itself, without anybody doing anything: that keeps no session alive.
fn by_itself(parts: &Parts) -> bool {
    parts.uri.path() == Operation::UsersLive.spec().path || parts.uri.query() == Some(app::BY_ITSELF)
}

/// Whether this is an address of the Back Office. There only its own sessions count, elsewhere only those
/// of users, so that neither opens anything of the other.
pub(super) fn of_office(path: &str) -> bool {
    path == "/office" || path.starts_with("/office/") || path.starts_with("/api/office/")
}

impl Portal {
    /// Finds out who asks. A session that has ended counts as nobody; its cookie goes.
    pub(super) async fn request(&self, parts: &Parts) -> Result<Request, StoreError> {
        let text = |name| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        // For who is not signed in; the others have a language in their profile.
        let chosen = Locale::from_tag(&self.cookie(&parts.headers, Cookie::Locale));
        let shop = Arc::new(shop::read(&self.center).await?);
        let client = Client {
            address: parts
                .extensions
                .get::<ClientAddress>()
                .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |a| a.0),
            device: text(USER_AGENT).chars().take(200).collect(),
            locale: chosen.unwrap_or_else(|| Locale::negotiate(text(ACCEPT_LANGUAGE))),
            theme: Theme::from_key(&self.cookie(&parts.headers, Cookie::Theme)).unwrap_or_default(),
            off: shop.off,
            shop,
        };
        let reply = Reply::default();
        let cookie = if of_office(parts.uri.path()) { Cookie::Office } else { Cookie::Session };
        let token = self.cookie(&parts.headers, cookie);
        let found = if cookie == Cookie::Office {
            let found = office::sessions::resolve(&self.center, &token, &client).await?;
            found.map(|who| Actor::Staff(Box::new(who)))
        } else {
            let found = if by_itself(parts) {
                sessions::resolve_unseen(&self.center, &token, &client).await?
            } else {
                sessions::resolve(&self.center, &token, &client).await?
            };
            found.map(|who| Actor::User(Box::new(who)))
        };
        if found.is_none() && !token.is_empty() {
            reply.clear(cookie);
        }
        let actor = found.unwrap_or(Actor::Anonymous(client));
        Ok(Request {
            center: self.center.clone(),
            actor,
            link: self.cookie(&parts.headers, Cookie::Link),
            sign_in: self.cookie(&parts.headers, Cookie::SignIn),
            activation: self.cookie(&parts.headers, Cookie::Activation),
            draft: None,
            id: parts.extensions.get::<RequestId>().map(ToString::to_string).unwrap_or_default(),
            reply,
        })
    }

    /// The refused form that the page's address names, if it is this browser's and was filled in for the
    /// company acted for.
    pub(super) async fn draft(&self, parts: &Parts, actor: &Actor) -> Result<Option<Draft>, StoreError> {
        let query = parts.uri.query().unwrap_or_default();
        let id = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "draft");
        let owner = center::Token::parse(&self.cookie(&parts.headers, Cookie::Form));
        match (id.and_then(|(_, id)| id.parse().ok()), owner) {
            (Some(id), Some(owner)) => center::drafts::load(&self.center, actor, &owner, id).await,
            _ => Ok(None),
        }
    }

    /// What the frame of the pages shows of whoever asks.
    pub(super) async fn viewer(&self, request: &Request) -> Result<Viewer, StoreError> {
        let client = request.client();
        let places = match request.actor.signed_in() {
            Some(who) if who.elsewhere => choices(&self.center, who).await?,
            _ => Vec::new(),
        };
        let user = request.actor.signed_in().map(|who| {
            let (acts_for, grants) = match &who.place {
                Place::Company(member) => (member.company_name.clone(), member.grants.clone()),
                Place::Business { customer_name, .. } => (customer_name.clone(), Grants::default()),
            };
            let in_company = matches!(who.place, Place::Company(_));
            let view = office::users::viewed_as(&self.center, who);
            ViewerUser {
                name: who.name.clone(),
                acts_for,
                acting: who.acting(),
                places,
                in_company,
                grants,
                shortcuts: who.shortcuts,
                view,
            }
        });
        Ok(Viewer {
            shop: client.shop.name.clone(),
            shop_contact: client.shop.contact.clone(),
            shop_address: client.shop.address.clone(),
            logo: client.shop.logo_path(),
            brand_hue: client.shop.hue,
            off: client.off,
            closed: None,
            locale: client.locale,
            theme: client.theme,
            inbox: self.center.settings().inbox,
            user,
            office: request
                .actor
                .staff()
                .filter(|who| who.verified)
                .map(|who| OfficeViewer { name: who.name.clone(), role: who.role }),
        })
    }
}
