//! A database that is out of reach or held up: everybody is told to try again, nobody is told of a
//! fault, and nothing is half done.

use center::access::explain;
use center::store::{Db, StoreError};
use center::{Error, accounts, users};
use model::{ErrorCode, Role, UsersQuery};

use crate::support::*;

async fn told<T: std::fmt::Debug>(portal: &Portal, answer: Result<T, Error>) -> ErrorCode {
    explain(&portal.center, &anybody(), answer.unwrap_err()).await.code
}

/// Everything that reads, until there is nothing left to read with.
async fn exhausted(db: &Db, connections: usize) -> Vec<center::store::Conn> {
    let mut held = Vec::new();
    for _ in 0..connections {
        held.push(db.read().await.unwrap());
    }
    held
}

#[tokio::test]
async fn without_a_free_connection_the_portal_is_busy() {
    both(async |portal| {
        let bau = portal.bau().await;
        let held = exhausted(portal.center.db(), if portal.is_sqlite() { 4 } else { 12 }).await;
        let list = users::list(&portal.center, &bau.chief, &UsersQuery::default()).await;
        assert_eq!(told(portal, list).await, ErrorCode::Busy);
        drop(held);
        users::list(&portal.center, &bau.chief, &UsersQuery::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn behind_a_lock_that_is_not_given_up_the_portal_is_busy() {
    both(async |portal| {
        let bau = portal.bau().await;
        let mut holding = portal.center.db().write().await.unwrap();
        let sql = "UPDATE companies SET version = version + 1";
        holding.execute(sql, vec![]).await.unwrap();
        let form = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        let request = users::request(&portal.center, &bau.chief, &form).await;
        assert!(matches!(&request, Err(Error::Store(e)) if e.is_unavailable()), "{request:?}");
        assert_eq!(told(portal, request).await, ErrorCode::Busy);
        drop(holding);
        users::request(&portal.center, &bau.chief, &form).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_fault_of_the_portal_stays_one() {
    both(async |portal| {
        portal.bau().await;
        portal.execute("ALTER TABLE reset_requests RENAME TO gone", vec![]).await;
        let asked = accounts::forgot_password(&portal.center, &anybody(), MARTA).await;
        assert!(matches!(&asked, Err(Error::Store(StoreError::Database(_)))));
        assert_eq!(told(portal, asked).await, ErrorCode::Internal);
    })
    .await;
}
