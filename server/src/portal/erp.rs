//! Files for the embedded ERP: taken from staff while they arrive, and what is wrong in them as a sheet.

use std::sync::Arc;

use app::host::Request as HostRequest;
use app::sheets;
use axum::body::Body;
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Path, State};
use axum::http::Request;
use axum::http::header::{ACCEPT, CONTENT_LENGTH};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use center::Error;
use center::access::{Operation, authorize, explain};
use center::erp::ImportFile;
use center::office::erp::{Received, Upload, Work, begin, receive};
use http_body_util::BodyExt;
use model::{ERP_UPLOAD_MAX, ErpImportId, ErrorCode};

use super::Portal;
use super::pages::{see_other, to_second_step, to_sign_in};
use crate::web::refusal::Refusal;

/// The page that the form stands on.
const PAGE: &str = "/office/erp/imports";
/// The files, and what stands around them in a form.
pub(super) const FORM_BYTES: usize = ERP_UPLOAD_MAX + 16 * 1024;
/// A form up to so many times too large is read to its end, since browsers hear no answer before.
const READ_ANYWAY: usize = 8;

/// Takes the files from the form of the page, which needs no script, and begins to check them. Nothing is read of
/// whoever may not do it.
pub(super) async fn upload(State(portal): State<Arc<Portal>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(host) = portal.request(&parts).await else { return Refusal::Busy.into_response() };
    let response = match taken(&portal, &host, &parts, body).await {
        Ok(Some(Received::All(id))) => see_other(&format!("{PAGE}/{id}")),
        Ok(Some(Received::Nothing)) => refused_form(&parts, "nothing", Refusal::BadRequest),
        Ok(Some(Received::TooLarge)) => refused_form(&parts, "too_large", Refusal::TooLarge),
        Ok(None) => Refusal::BadRequest.into_response(),
        Err(error) => refused(&host, &parts, error).await,
    };
    portal.answer(response, &host.reply)
}

/// What came; `None` when it is no such form.
async fn taken(
    portal: &Portal,
    host: &HostRequest,
    parts: &Parts,
    body: Body,
) -> Result<Option<Received>, Error> {
    let mut upload = receive(&portal.center, &host.actor).await?;
    let stated = parts.headers.get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    let read = if stated.is_some_and(|bytes| bytes > FORM_BYTES) {
        if stated.is_some_and(|bytes| bytes <= READ_ANYWAY * FORM_BYTES) {
            skip(body).await;
        }
        Read::TooLarge
    } else {
        read(Request::from_parts(parts.clone(), body), &mut upload).await?
    };
    match read {
        Read::Whole => {}
        Read::TooLarge => {
            upload.give_up().await?;
            return Ok(Some(Received::TooLarge));
        }
        Read::Broken => {
            upload.give_up().await?;
            return Ok(None);
        }
    }
    let received = upload.finish().await?;
    if let Received::All(id) = received {
        match begin(&portal.center, &host.actor, id, Work::Check).await {
            // Another import is under way: its page says so, and has a button.
            Err(error) if error.code() == Some(&ErrorCode::WrongState) => {}
            done => done?,
        }
    }
    Ok(Some(received))
}

/// Reads a body to its end and forgets it.
async fn skip(mut body: Body) {
    while let Some(Ok(_)) = body.frame().await {}
}

enum Read {
    Whole,
    TooLarge,
    Broken,
}

/// The field that says that the files are complete.
const COMPLETE: &str = "complete";

/// Reads the form, whose fields are the three files, and whether they are complete.
async fn read(request: Request<Body>, upload: &mut Upload<'_>) -> Result<Read, Error> {
    let Ok(mut form) = Multipart::from_request(request, &()).await else { return Ok(Read::Broken) };
    let mut seen = Vec::new();
    loop {
        let mut field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok(Read::Whole),
            Err(_) => return Ok(Read::Broken),
        };
        if field.name() == Some(COMPLETE) {
            upload.complete();
            continue;
        }
        let file = field.name().and_then(ImportFile::from_key).filter(|file| !seen.contains(file));
        let Some(file) = file else { return Ok(Read::Broken) };
        seen.push(file);
        loop {
            match field.chunk().await {
                Ok(Some(bytes)) => {
                    if !upload.take(file, &bytes).await? {
                        return Ok(Read::TooLarge);
                    }
                }
                Ok(None) => break,
                Err(_) => return Ok(Read::Broken),
            }
        }
    }
}

fn wants_html(parts: &Parts) -> bool {
    parts.headers.get(ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("text/html"))
}

/// Back to the page, which has words for the code. Programs get a status.
fn refused_form(parts: &Parts, code: &str, otherwise: Refusal) -> Response {
    if wants_html(parts) { see_other(&format!("{PAGE}?refused={code}")) } else { otherwise.into_response() }
}

async fn refused(host: &HostRequest, parts: &Parts, error: Error) -> Response {
    if !wants_html(parts) {
        return super::downloads::refused(host, parts, error).await;
    }
    match explain(&host.center, &host.actor, error).await.code {
        ErrorCode::Unauthenticated => to_sign_in(PAGE),
        ErrorCode::SecondStepRequired => to_second_step(PAGE),
        ErrorCode::OfficeForbidden { .. } => Refusal::OfficeForbidden.into_response(),
        // The page says that the ERP takes none.
        ErrorCode::WrongState => see_other(PAGE),
        ErrorCode::Busy => Refusal::Busy.into_response(),
        _ => Refusal::Internal.into_response(),
    }
}

/// What is wrong in the files of an import.
pub(super) async fn errors(
    State(portal): State<Arc<Portal>>,
    Path(id): Path<String>,
    request: Request<Body>,
) -> Response {
    let (parts, _) = request.into_parts();
    portal
        .download(&parts, "import-errors.csv", async |host, t| {
            authorize(&host.actor, Operation::OfficeErpErrors)?;
            let id: ErpImportId = id.parse().map_err(|_| ErrorCode::NotFound)?;
            let report = center::office::erp::errors(&host.center, &host.actor, id).await?;
            Ok(sheets::import_errors(t, &report))
        })
        .await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION};
    use tower::ServiceExt;

    use super::super::rights::World;
    use super::*;

    const CUSTOMERS: &str = "customer_number,name,currency,language,customer_center,administrator_email,street,postal_code,city,country,phone\n";

    /// A form with these fields.
    async fn send(world: &World, cookie: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let mut body = String::new();
        for (name, content) in fields {
            body += &format!(
                "--x\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"f.csv\"\r\nContent-Type: text/csv\r\n\r\n{content}\r\n"
            );
        }
        body += "--x--\r\n";
        let request = Request::post("/office/erp/upload")
            .header(COOKIE, cookie)
            .header(ACCEPT, "text/html")
            .header(CONTENT_LENGTH, body.len())
            .header(CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from(body));
        let response = world.router.clone().oneshot(request.unwrap()).await.unwrap();
        let to = response.headers().get(LOCATION).map(|to| to.to_str().unwrap().to_owned());
        (response.status(), to.unwrap_or_default())
    }

    async fn imports(world: &World) -> i64 {
        let sql = "SELECT count(*) AS n FROM erp_imports";
        world.center.db().read().await.unwrap().value(sql, vec![]).await.unwrap()
    }

    #[tokio::test]
    async fn files_are_taken_from_administrators_alone() {
        let world = World::new().await;
        let fields = [("customers", CUSTOMERS), ("contacts", ""), ("invoices", "")];
        for (cookie, status, leads) in [
            (String::new(), StatusCode::SEE_OTHER, "/office/sign-in?next=%2Foffice%2Ferp%2Fimports"),
            (world.staff("administrator", false).await, StatusCode::SEE_OTHER, "/office/second-step?next="),
            (world.staff("service", true).await, StatusCode::FORBIDDEN, ""),
            (world.staff("auditor", true).await, StatusCode::FORBIDDEN, ""),
            (world.actor_named("main contact").await, StatusCode::SEE_OTHER, "/office/sign-in"),
        ] {
            let (answer, to) = send(&world, &cookie, &fields).await;
            assert_eq!(answer, status, "{cookie}");
            assert!(to.starts_with(leads), "{to}");
        }
        assert_eq!(imports(&world).await, 0);
        let office = world.staff("administrator", true).await;
        let (answer, to) = send(&world, &office, &fields).await;
        assert_eq!(answer, StatusCode::SEE_OTHER);
        assert!(to.starts_with("/office/erp/imports/0"), "{to}");
        assert_eq!(imports(&world).await, 1);
    }

    #[tokio::test]
    async fn what_is_no_such_form_leaves_nothing_behind() {
        let world = World::new().await;
        let office = world.staff("administrator", true).await;
        let nothing = [("customers", ""), ("contacts", ""), ("invoices", "")];
        assert_eq!(send(&world, &office, &nothing).await.1, "/office/erp/imports?refused=nothing");
        for fields in [&[("other", "x")][..], &[("customers", "x"), ("customers", "y")]] {
            assert_eq!(send(&world, &office, fields).await.0, StatusCode::BAD_REQUEST);
        }
        let large = "x".repeat(ERP_UPLOAD_MAX + 1);
        let too_large = "/office/erp/imports?refused=too_large";
        assert_eq!(send(&world, &office, &[("customers", &large)]).await.1, too_large);
        let larger = "x".repeat(FORM_BYTES + 1);
        assert_eq!(send(&world, &office, &[("customers", &larger)]).await.1, too_large);
        assert_eq!(imports(&world).await, 0);
    }
}
