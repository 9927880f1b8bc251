//! Fetching from where recordings lie: never with a key, never further than the checks allow.

use std::sync::Arc;

use http::{HeaderName, HeaderValue, StatusCode, header};
use url::Url;

use crate::connection::Connection;
use crate::media_host::{self, CheckedUrl};
use crate::names::{CheckedNames, NameLookup, NoAddress, Reach};
use crate::recording_refusal::RecordingRefusal;
use crate::upstream::{Patience, USER_AGENT};

/// How often storage may point elsewhere.
const MOST_HOPS: usize = 3;

/// Fetches recordings.
pub(crate) struct Storage {
    internet: reqwest::Client,
    loopback: reqwest::Client,
}

/// What a listener asked for: part of a recording, or all of it.
#[derive(Clone, Default)]
pub(crate) struct Wanted {
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
}

impl Storage {
    pub(crate) fn new(patience: &Patience, names: &Arc<dyn NameLookup>) -> reqwest::Result<Self> {
        let client = |reach| {
            reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .referer(false)
                .user_agent(USER_AGENT)
                .https_only(reach == Reach::Internet)
                .dns_resolver(CheckedNames::new(Arc::clone(names), reach))
                .connect_timeout(patience.connect)
                .read_timeout(patience.idle)
                .build()
        };
        Ok(Self { internet: client(Reach::Internet)?, loopback: client(Reach::Loopback)? })
    }

    /// The head of a recording's answer, with its body still to come.
    pub(crate) async fn open(
        &self,
        connection: &Connection,
        address: &CheckedUrl,
        wanted: &Wanted,
    ) -> Result<reqwest::Response, RecordingRefusal> {
        let mut address = address.clone();
        for _ in 0..=MOST_HOPS {
            let response = self.get(&address, wanted).await?;
            if !is_redirect(response.status()) {
                return Ok(response);
            }
            address = next_hop(connection, &address.url, &response)?;
        }
        Err(RecordingRefusal::storage(StatusCode::LOOP_DETECTED))
    }

    async fn get(
        &self,
        address: &CheckedUrl,
        wanted: &Wanted,
    ) -> Result<reqwest::Response, RecordingRefusal> {
        let client = match address.reach {
            Reach::Internet => &self.internet,
            Reach::Loopback => &self.loopback,
        };
        let mut request = client.get(address.url.clone()).header(header::ACCEPT, "*/*");
        for (name, value) in &wanted.headers {
            request = request.header(name, value);
        }
        request.send().await.map_err(|error| failed(&address.url, &error))
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn next_hop(
    connection: &Connection,
    from: &Url,
    response: &reqwest::Response,
) -> Result<CheckedUrl, RecordingRefusal> {
    let location = response.headers().get(header::LOCATION);
    let location = location.and_then(|location| location.to_str().ok());
    let url = location.and_then(|location| from.join(location).ok());
    let url = url.ok_or_else(|| RecordingRefusal::storage(response.status()))?;
    media_host::check_url(connection, url)
}

fn failed(url: &Url, error: &reqwest::Error) -> RecordingRefusal {
    if NoAddress::caused(error) {
        let host = url.host_str().unwrap_or_default().to_owned();
        return RecordingRefusal::Blocked { host };
    }
    RecordingRefusal::Refused { status: 0, text: None, retry_secs: None }
}
