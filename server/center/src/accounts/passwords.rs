use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::password_hash::{self, CustomizedPasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::{Entropy, Error};

/// Memory in KiB, passes and lanes: the first of OWASP's equal choices for Argon2id.
const POLICY: (u32, u32, u32) = (19_456, 2, 1);
/// How many hashes run at once.
const SLOTS: usize = 2;
/// How many may wait for a slot.
const QUEUE: usize = 32;

/// The password hasher: Argon2id away from the request threads, a few at a time, with a short
/// queue. Codes are hashed by it too.
pub struct Passwords {
    slots: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    entropy: Arc<dyn Entropy>,
    memory: Arc<Memory>,
    /// Verified in place of a missing hash, so that an unknown account costs the same.
    dummy: String,
}

impl Passwords {
    /// Sets up the hasher and makes the dummy hash with today's parameters.
    ///
    /// # Errors
    /// [`Error::Fault`] when the parameters are refused.
    pub fn new(entropy: Arc<dyn Entropy>) -> Result<Self, Error> {
        let mut secret = [0; 32];
        entropy.fill(&mut secret);
        // Not with memory that is kept: a portal that nobody signs in to needs none.
        let dummy = hash(&Memory::default(), &secret, entropy.as_ref())?;
        let memory = Arc::default();
        Ok(Self { slots: Arc::new(Semaphore::new(SLOTS)), waiting: Arc::default(), entropy, memory, dummy })
    }

    /// Hashes a secret; answers a PHC string.
    ///
    /// # Errors
    /// [`Error::Busy`] when too many wait already.
    pub async fn hash(&self, secret: String) -> Result<String, Error> {
        let secret = Zeroizing::new(secret);
        let entropy = Arc::clone(&self.entropy);
        let memory = Arc::clone(&self.memory);
        self.run(move || hash(&memory, secret.as_bytes(), entropy.as_ref())).await?
    }

    /// Whether the secret fits the hash. Without a hash it does the same work and says no.
    /// The second answer is whether the hash is weaker than today's policy.
    ///
    /// # Errors
    /// [`Error::Busy`] when too many wait already.
    pub async fn verify(&self, secret: String, stored: Option<String>) -> Result<(bool, bool), Error> {
        let secret = Zeroizing::new(secret);
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.dummy.clone());
        let memory = Arc::clone(&self.memory);
        self.run(move || {
            let parsed = PasswordHash::new(&stored)
                .map_err(|e| Error::Fault(format!("a stored hash is damaged: {e}")))?;
            let fits = memory.verify_password(secret.as_bytes(), &parsed).is_ok();
            Ok((fits && known, is_weak(&parsed)))
        })
        .await?
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let _place = Place::take(&self.waiting)?;
        let _slot = self.slots.acquire().await.map_err(|_| Error::Busy)?;
        tokio::task::spawn_blocking(work).await.map_err(|e| Error::Fault(format!("the hasher stopped: {e}")))
    }
}

/// The memory that hashes fill, kept for the next ones: the allocator would keep it as well, but once for
/// every thread that ever hashed.
#[derive(Default)]
struct Memory(Mutex<Vec<Vec<Block>>>);

impl Memory {
    fn lend<T>(&self, blocks: usize, work: impl FnOnce(&mut [Block]) -> T) -> T {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut memory = kept.unwrap_or_default();
        if memory.len() != blocks {
            memory = vec![Block::new(); blocks];
        }
        let done = work(&mut memory);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
        done
    }
}

/// As [`Argon2`] does it, with memory of our own.
impl CustomizedPasswordHasher<PasswordHash> for Memory {
    type Params = Params;

    fn hash_password_customized(
        &self,
        secret: &[u8],
        salt: &[u8],
        algorithm: Option<&str>,
        version: Option<u32>,
        params: Params,
    ) -> password_hash::Result<PasswordHash> {
        let algorithm = algorithm.map(Algorithm::try_from).transpose()?.unwrap_or_default();
        let version = version.map(Version::try_from).transpose()?.unwrap_or_default();
        let salt = Salt::new(salt)?;
        let mut output = vec![0; params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN)];
        let hasher = Argon2::new(algorithm, version, params.clone());
        self.lend(params.block_count(), |memory| {
            hasher.hash_password_into_with_memory(secret, &salt, &mut output, memory)
        })?;
        Ok(PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: ParamsString::try_from(&params)?,
            salt: Some(salt),
            hash: Some(Output::new(&output)?),
        })
    }
}

/// A place in the queue, given back even when the request is dropped.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(waiting: &Arc<AtomicUsize>) -> Result<Self, Error> {
        if waiting.fetch_add(1, Ordering::Relaxed) >= SLOTS + QUEUE {
            waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(Error::Busy);
        }
        Ok(Self(Arc::clone(waiting)))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn hash(hasher: &Memory, secret: &[u8], entropy: &dyn Entropy) -> Result<String, Error> {
    let (memory, passes, lanes) = POLICY;
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    let refused = |e: String| Error::Fault(format!("the hasher refused its parameters: {e}"));
    let params = Params::new(memory, passes, lanes, None).map_err(|e| refused(e.to_string()))?;
    hasher
        .hash_password_customized(
            secret,
            &salt,
            Some(Algorithm::Argon2id.ident().as_str()),
            Some(Version::V0x13.into()),
            params,
        )
        .map(|hash| hash.to_string())
        .map_err(|e| refused(e.to_string()))
}

fn is_weak(hash: &PasswordHash) -> bool {
    let below = |params: &Params| {
        let (memory, passes, _) = POLICY;
        u64::from(params.m_cost()) * u64::from(params.t_cost()) < u64::from(memory) * u64::from(passes)
    };
    hash.algorithm.as_str() != "argon2id" || Params::try_from(hash).map_or(true, |params| below(&params))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemEntropy;

    fn passwords() -> Passwords {
        Passwords::new(Arc::new(SystemEntropy)).unwrap()
    }

    #[tokio::test]
    async fn verifies_byte_for_byte() {
        let passwords = passwords();
        let phrase = "correct horse battery staple 🐎 ".to_owned();
        let stored = passwords.hash(phrase.clone()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert_eq!(passwords.verify(phrase.clone(), Some(stored.clone())).await.unwrap(), (true, false));
        assert!(!passwords.verify(phrase.trim().to_owned(), Some(stored)).await.unwrap().0);
    }

    #[tokio::test]
    async fn no_hash_is_never_right() {
        assert!(!passwords().verify("anything".to_owned(), None).await.unwrap().0);
    }

    #[tokio::test]
    async fn kept_memory_changes_no_hash() {
        let passwords = passwords();
        let stored = passwords.hash("orchard lantern".to_owned()).await.unwrap();
        let parsed = PasswordHash::new(&stored).unwrap();
        assert!(Argon2::default().verify_password(b"orchard lantern", &parsed).is_ok());
        let params = Params::new(64, 1, 1, None).unwrap();
        let other = Argon2::default()
            .hash_password_customized(b"orchard lantern", b"eight signs", None, None, params)
            .unwrap();
        let weak = Some(other.to_string());
        assert_eq!(passwords.verify("orchard lantern".to_owned(), weak.clone()).await.unwrap(), (true, true));
        assert_eq!(
            passwords.verify("orchard lantern".to_owned(), Some(stored)).await.unwrap(),
            (true, false)
        );
        assert_eq!(passwords.verify("orchard".to_owned(), weak).await.unwrap(), (false, true));
        assert_eq!(passwords.memory.0.lock().unwrap().len(), 1);
    }

    #[test]
    fn weaker_hashes_are_seen() {
        let weak = "$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$iBb+4Z2uJ9mxRPpcsVZ7vQe2M8IQ2F8lUV6BfF2dFQ8";
        assert!(is_weak(&PasswordHash::new(weak).unwrap()));
    }

    #[tokio::test]
    async fn a_full_queue_refuses_at_once() {
        let passwords = Arc::new(passwords());
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..60 {
            let passwords = Arc::clone(&passwords);
            tasks.spawn(async move { passwords.verify("x".to_owned(), None).await });
        }
        let answers = tasks.join_all().await;
        assert!(answers.iter().any(|a| matches!(a, Err(Error::Busy))));
        assert!(answers.iter().filter(|a| a.is_ok()).count() >= SLOTS);
    }
}
