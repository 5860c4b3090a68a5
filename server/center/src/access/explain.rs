use model::{AppError, ErrorCode, Role, StaffRole};

use super::{Actor, Place};
use crate::store::args;
use crate::{Center, Error};

/// Turns a failure into what leaves the host: refusals with who can help, everything else as
/// a closed code. A database that is out of reach counts as busy. What went wrong inside is logged
/// here, once, and never sent.
pub async fn explain(center: &Center, actor: &Actor, error: Error) -> AppError {
    match error {
        Error::Refused(AppError { code: ErrorCode::GrantLacking { missing, .. }, fields, request_id }) => {
            let granted_by = who_can_grant(center, actor).await;
            AppError { code: ErrorCode::GrantLacking { missing, granted_by }, fields, request_id }
        }
        Error::Refused(refusal) => refusal,
        Error::Lacks(permission) => {
            tracing::warn!(event = "authz_fail", right = permission.key(), user = ?actor.signed_in().map(|w| w.user.0));
            let granted_by = who_can_grant(center, actor).await;
            ErrorCode::Forbidden { missing: Some(permission), granted_by }.into()
        }
        Error::OfficeLacks(right) => {
            tracing::warn!(event = "authz_fail", right = right.key(), staff = ?actor.staff().map(|w| w.staff.0));
            ErrorCode::OfficeForbidden { missing: right, granted_by: administrators(center).await }.into()
        }
        Error::Busy => ErrorCode::Busy.into(),
        Error::Erp(error) => {
            tracing::warn!(event = "erp_unavailable", %error);
            ErrorCode::ErpUnavailable.into()
        }
        Error::Store(error) => {
            tracing::error!(event = "sys_database", %error);
            if error.is_unavailable() { ErrorCode::Busy.into() } else { ErrorCode::Internal.into() }
        }
        Error::Fault(fault) => {
            tracing::error!(event = "sys_fault", %fault);
            ErrorCode::Internal.into()
        }
    }
}

/// The names of the company's active main contacts: every right can be granted by them.
async fn who_can_grant(center: &Center, actor: &Actor) -> Vec<String> {
    let Some(Place::Company(member)) = actor.signed_in().map(|who| &who.place) else { return Vec::new() };
    let names = async {
        let rows = center
            .db()
            .read()
            .await?
            .all(
                "SELECT m.name FROM members m JOIN member_roles r ON r.company_id = m.company_id AND r.user_id = m.user_id
                 WHERE m.company_id = $1 AND r.role = $2 AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL
                 ORDER BY m.name_key LIMIT 5",
                args![member.company, Role::MainContact],
            )
            .await?;
        rows.iter().map(|row| row.get("name")).collect::<Result<Vec<String>, _>>()
    };
    names.await.unwrap_or_else(|error| {
        tracing::error!(event = "sys_database", %error);
        Vec::new()
    })
}

/// The names of the active administrators of the Back Office.
async fn administrators(center: &Center) -> Vec<String> {
    let names = async {
        let sql =
            "SELECT name FROM staff WHERE role = $1 AND deactivated_at IS NULL AND password_hash IS NOT NULL
             ORDER BY name, id LIMIT 5";
        let rows = center.db().read().await?.all(sql, args![StaffRole::Administrator]).await?;
        rows.iter().map(|row| row.get("name")).collect::<Result<Vec<String>, _>>()
    };
    names.await.unwrap_or_else(|error| {
        tracing::error!(event = "sys_database", %error);
        Vec::new()
    })
}
