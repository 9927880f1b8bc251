//! Trying a connection out: the same way to the provider and to its recordings that pages take,
//! for `calldeck check-config --live`.

use calls::Reference;
use http::{HeaderValue, header};
use providers::{Answer, Request, Track};

use crate::Proxy;
use crate::exchange::{Given, Wish};
use crate::recording_refusal::RecordingRefusal;
use crate::recordings::{Known, RecordingKey};
use crate::refuse::Refusal;
use crate::storage::Wanted;
use crate::upstream::{plain, read_rest};

/// Why we could not try something, or did not want to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble {
    /// The word by which a program tells troubles apart.
    pub code: &'static str,
    /// What happened and what to do.
    pub message: String,
}

impl Trouble {
    fn of(refusal: &Refusal) -> Self {
        Self { code: refusal.code(), message: refusal.message() }
    }
}

impl Proxy {
    /// Asks a connection's provider, with its key and within its budget.
    ///
    /// # Errors
    /// If there is no answer that a page would be given.
    pub async fn probe(&self, connection: &str, request: &Request) -> Result<Answer, Trouble> {
        self.ask(connection, request).await.map_err(|refusal| Trouble::of(&refusal))
    }

    async fn ask(&self, id: &str, request: &Request) -> Result<Answer, Refusal> {
        let connection = self.config.connection(id).ok_or(Refusal::UnknownConnection)?;
        let provider = connection.provider();
        let mut routes = provider.routes.iter();
        let route = routes.find(|route| route.admits(request.method, &request.path));
        let purpose = route.ok_or(Refusal::NotOffered)?.purpose;
        let given = self.exchange.ask(connection, request, purpose, Wish::default()).await?;
        Ok(match given {
            Given::Whole(whole) => plain(whole.status, &whole.headers, &whole.body),
            Given::Large(large) => {
                let body = read_rest(provider.name, large.came).await?;
                plain(large.status, &large.headers, &body)
            }
        })
    }

    /// Fetches the first byte of a call's recording, and says on which host it lies.
    ///
    /// # Errors
    /// Why it cannot be played.
    pub async fn probe_recording(&self, id: &str, call: &Reference) -> Result<String, Trouble> {
        self.open_recording(id, call).await.map_err(|refusal| Trouble::of(&refusal))
    }

    async fn open_recording(&self, id: &str, call: &Reference) -> Result<String, Refusal> {
        let connection = self.config.connection(id).ok_or(Refusal::UnknownConnection)?;
        let (reference, track) = (call.clone(), Track::Main.code());
        let key = RecordingKey { connection: id.to_owned(), reference, track };
        let address = self.recordings.address(self, connection, &key, Known::Nothing).await?;
        let first = HeaderValue::from_static("bytes=0-0");
        let wanted = Wanted { headers: vec![(header::RANGE, first)] };
        let opened = self.storage.open(connection, &address.checked, &wanted).await;
        let response = opened.map_err(Refusal::Recording)?;
        if !response.status().is_success() {
            return Err(Refusal::Recording(RecordingRefusal::storage(response.status())));
        }
        Ok(response.url().host_str().unwrap_or_default().to_owned())
    }
}
