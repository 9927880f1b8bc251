//! Calls for the command line: from the connections of a configuration, from a server that is
//! running, or from files; through the same crates as the page's.

mod file;
mod talks;
mod way;
mod when;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use calls::book::{Book, Looking, Row};
use calls::filter::Mark;
use calls::period::Span;
use calls::{Call, CallKey, Transcript};
use futures_util::future::join_all;
use load::{Connection, Listing, LoadState, Transport as _};
use place::Place;
use providers::Query;

use crate::arguments::SourceOptions;
use crate::ending::{Ending, say};
pub(crate) use talks::{Talks, read as talks};
pub(crate) use way::Way;
pub(crate) use when::Which;

/// What was read.
pub(crate) struct Loaded {
    /// The calls.
    pub(crate) book: Book,
    /// Whose calls they are.
    pub(crate) connections: Vec<Connection>,
    /// What is missing, in sentences; nothing if it is complete.
    pub(crate) missing: Vec<String>,
    /// The connections whose lists were read to their end, with nothing missing.
    pub(crate) whole: BTreeSet<Arc<str>>,
    /// What files hold of their calls besides.
    kept: HashMap<CallKey, (Call, Transcript)>,
    /// The way that they came; none for files.
    pub(crate) way: Option<Way>,
}

impl Loaded {
    /// The rows that the asked link shows, in its order.
    pub(crate) fn rows(&self, which: &Which, span: Option<Span>) -> Vec<Row> {
        let looking = Looking::at(&which.place.filter, span).on_wall(&which.when.zone);
        let looking = Looking { sort: which.place.sort, ..looking };
        self.book.select(&looking)
    }

    /// The connection of a call.
    pub(crate) fn connection(&self, key: &CallKey) -> Option<&Connection> {
        self.connections.iter().find(|one| one.id == key.connection)
    }
}

/// What becomes of a time of which a provider has no records any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Behind {
    /// It is said to be missing.
    Said,
    /// It is not asked for.
    LeftOut,
}

/// Reads everything of a span. Files are read whole: what they hold is what there is.
pub(crate) async fn read(
    options: &SourceOptions,
    place: &Place,
    spans: &[Span],
    behind: Behind,
) -> Result<Loaded, Ending> {
    if !options.file.is_empty() {
        let mut loaded = file::read(&options.file)?;
        map_success(&mut loaded.book, place);
        return Ok(loaded);
    }
    let way = Way::of(options).await?;
    let connections = way.connections().await?;
    let wanted = &place.filter.connections;
    let asked = |one: &Connection| wanted.is_empty() || wanted.iter().any(|id| **id == *one.id);
    let connections: Vec<Connection> = connections.into_iter().filter(asked).collect();
    let deleted = place.filter.marks.shows(Mark::Deleted);
    let book = RefCell::new(Book::default());
    let runs = connections.iter().flat_map(|connection| {
        spans.iter().map(|span| {
            let query = Query {
                connection: connection.id.clone(),
                span: asked_of(connection, *span, behind, way.now_ms()),
                phone: None,
                deleted,
                now_ms: way.now_ms(),
            };
            run(&way, connection, query, &book)
        })
    });
    let read = join_all(runs).await;
    let asked = connections.iter().flat_map(|one| spans.iter().map(|_| one.id.clone()));
    let part = asked.zip(&read).filter(|(_, missing)| !missing.is_empty()).map(|(id, _)| id);
    let part: BTreeSet<Arc<str>> = part.collect();
    let whole = connections.iter().map(|one| one.id.clone()).filter(|id| !part.contains(id));
    let whole = whole.collect();
    let missing = read.into_iter().flatten().collect();
    let (mut book, kept) = (book.into_inner(), HashMap::new());
    map_success(&mut book, place);
    Ok(Loaded { book, connections, missing, whole, kept, way: Some(way) })
}

/// Outcomes mean what the link says, if it says anything of them.
fn map_success(book: &mut Book, place: &Place) {
    for (connection, map) in &place.success_maps {
        book.map_success(&connection.as_str().into(), map.clone());
    }
}

/// The part of a span of which a connection is asked.
fn asked_of(connection: &Connection, span: Span, behind: Behind, now_ms: i64) -> Span {
    let since_ms = connection.kept_since_ms(span, now_ms).filter(|_| behind == Behind::LeftOut);
    since_ms.map_or(span, |from_ms| Span { from_ms: from_ms.min(span.to_ms), ..span })
}

/// Reads one list to its end, behind every cap, and says what is missing of it.
async fn run(
    way: &Way,
    connection: &Connection,
    query: Query,
    book: &RefCell<Book>,
) -> Vec<String> {
    let mut state = LoadState::begun();
    let kept_since_ms = connection.kept_since_ms(query.span, query.now_ms);
    let mut listing = Listing::new(connection, &query);
    loop {
        let take = |event| state.take(connection, event, &mut book.borrow_mut());
        listing.read(way, take).await;
        if !state.capped || state.refusal.is_some() || !listing.more() {
            break;
        }
        state = state.going_on();
    }
    way.progress(&format!("{}: {} calls read", connection.name, state.read));
    missing(connection, &state, kept_since_ms.is_some())
}

fn missing(connection: &Connection, state: &LoadState, forgotten: bool) -> Vec<String> {
    let name = &connection.name;
    let mut said = Vec::new();
    if let Some(refusal) = &state.refusal {
        said.push(format!("{name} did not give everything: {}", in_words(refusal)));
    }
    if !state.missing.is_empty() {
        said.push(format!("{name}: missing are the calls of {}", state.missing.join(", ")));
    }
    if state.capped {
        said.push(format!("{name}: only the newest {} records could be read", state.read));
    }
    if state.skipped > 0 {
        let why = state.skipped_why.as_deref().unwrap_or_default();
        said.push(format!("{name}: {} records could not be read ({why})", state.skipped));
    }
    if forgotten {
        said.push(format!("{name} no longer keeps all calls of this time"));
    }
    said
}

/// A refusal in the provider's words, or its status alone. The proxy's sentences say it all.
pub(crate) fn in_words(refusal: &providers::Refusal) -> String {
    if let Some(text) = refusal.text.as_ref().filter(|_| refusal.from_proxy) {
        return text.trim_end_matches('.').to_owned();
    }
    let status = if refusal.status == 0 { String::new() } else { format!("{}: ", refusal.status) };
    let id = refusal.request_id.as_ref().map(|id| format!(" (request {id})")).unwrap_or_default();
    let text = refusal.text.as_deref().unwrap_or("it gave no reason");
    format!("{status}{text}{id}")
}

/// Says what is missing, to people.
pub(crate) fn tell(missing: &[String]) {
    missing.iter().for_each(|sentence| say(&format!("{sentence}.")));
}

/// Names of connections by their ids.
pub(crate) fn names(connections: &[Connection]) -> BTreeMap<Arc<str>, String> {
    connections.iter().map(|one| (one.id.clone(), one.name.clone())).collect()
}
