//! A page of any list: its records read one by one, and what the page says of the whole list.

use crate::answer::Answer;
use crate::fields::Fields;
use crate::json;
use crate::page::Page;
use crate::reading::given;
use crate::refusal::Refusal;

/// A page, read.
#[derive(Debug)]
pub struct Rows<R> {
    /// What could be read.
    pub read: Vec<R>,
    /// How many records stood on the page, readable or not.
    pub records: usize,
    /// Records that could not be read, and why the first of them could not.
    pub skipped: Option<(usize, String)>,
    /// How many records the whole list has, where the page says so.
    pub total: Option<u64>,
    /// Whether the provider says that there is another page; `None` if it does not say.
    pub more: Option<bool>,
    /// Names of the outcomes that there can be, where they stand beside the list.
    pub outcome_names: Vec<String>,
    /// How many records a full page has: what was asked, or the provider's own limit if it says
    /// that it gives fewer.
    pub page_size: usize,
}

impl<R> Rows<R> {
    /// A list in which nothing stands.
    #[must_use]
    pub fn none() -> Self {
        let (total, more) = (Some(0), Some(false));
        Self {
            read: Vec::new(),
            records: 0,
            skipped: None,
            total,
            more,
            page_size: 0,
            outcome_names: Vec::new(),
        }
    }

    /// Whether another page follows, after `read` records of the list (this page's included).
    ///
    /// An empty page always ends the list, whatever its totals promise. Without a plain yes or no,
    /// a full page is never the last: a total may be wrong, and asking once more costs little.
    #[must_use]
    pub fn goes_on(&self, read: u64) -> bool {
        let full = self.records >= self.page_size;
        let promised = self.total.is_some_and(|total| read < total);
        self.records > 0 && self.more.unwrap_or(full || promised)
    }
}

/// Reads a page of a list. `path` names the objects down to the list, `page_size` is what was
/// asked for. A page that breaks off keeps its complete records.
///
/// # Errors
/// The provider's refusal, or that there is no list in the answer.
pub fn read_list<R>(
    answer: &Answer,
    now_ms: i64,
    path: &[&str],
    page_size: usize,
    read: impl Fn(&Fields) -> Result<R, String>,
) -> Result<Rows<R>, Refusal> {
    let text = given(answer, now_ms)?;
    let page = Page::split(&text, path);
    let mended = page.broken.as_ref().and_then(|_| json::mended(&text));
    let page = mended.as_deref().map_or(page, |text| Page::split(text, path));
    if !page.found {
        return Err(Refusal::unreadable(answer, "there is no list in the answer"));
    }
    if let (Some(why), true) = (&page.broken, page.rows.is_empty()) {
        return Err(Refusal::unreadable(answer, &format!("the page breaks off: {why}")));
    }
    Ok(rows_of(&page, page_size, read))
}

fn rows_of<R>(
    page: &Page,
    page_size: usize,
    read: impl Fn(&Fields) -> Result<R, String>,
) -> Rows<R> {
    let (rows, mut skipped) = read_each(page, read);
    // What broke off counts as one record, so that a list that is read by offset goes on behind it.
    let mut records = page.rows.len();
    if let Some(why) = &page.broken {
        records += 1;
        skipped.get_or_insert_with(|| (0, format!("the page breaks off: {why}"))).0 += 1;
    }
    let said = Said::of(page);
    Rows {
        read: rows,
        records,
        skipped,
        total: said.total,
        // The rest of a page that breaks off is missing, and with it often what says whether
        // there is more.
        more: said.more.or(page.broken.as_ref().map(|_| true)),
        page_size: said.limit.map_or(page_size, |limit| limit.min(page_size)),
        outcome_names: outcome_names(page),
    }
}

/// Atoms names the metrics that its agents are set to extract: `[{identifier, type}]`.
fn outcome_names(page: &Page) -> Vec<String> {
    let metrics = page.beside.list("dispositionMetricsConfig");
    metrics.into_iter().filter_map(|raw| Fields::parse(raw.get())?.text("identifier")).collect()
}

fn read_each<R>(
    page: &Page,
    read: impl Fn(&Fields) -> Result<R, String>,
) -> (Vec<R>, Option<(usize, String)>) {
    let mut rows = Vec::with_capacity(page.rows.len());
    let mut skipped: Option<(usize, String)> = None;
    for raw in &page.rows {
        let fields = Fields::parse(raw.get()).ok_or_else(|| "a record is no JSON object".into());
        match fields.and_then(|fields| read(&fields)) {
            Ok(row) => rows.push(row),
            Err(why) => skipped.get_or_insert((0, why)).0 += 1,
        }
    }
    (rows, skipped)
}

/// What stands beside a list, under every name that the providers give it.
struct Said {
    total: Option<u64>,
    more: Option<bool>,
    limit: Option<usize>,
}

impl Said {
    fn of(page: &Page) -> Self {
        // Truedy's guide has `meta.total`, its reference and everybody else `pagination.total`.
        let beside = |name: &str| page.beside.object(name).unwrap_or_default();
        let (pagination, meta) = (beside("pagination"), beside("meta"));
        let count = |name: &str| {
            let nested = pagination.count(name).or_else(|| meta.count(name));
            nested.or_else(|| page.beside.count(name))
        };
        let total = count("total");
        let more = pagination.bool("has_more").or_else(|| pagination.bool("hasMore"));
        let pages = pagination.count("pages").or_else(|| pagination.count("totalPages"));
        let by_pages = || Some(pagination.count("page")? < pages?);
        let more = more.or_else(|| if total.is_none() { by_pages() } else { None });
        let limit = count("limit").and_then(|limit| usize::try_from(limit).ok());
        Self { total, more, limit: limit.filter(|limit| *limit > 0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(body: &str) -> Result<Rows<String>, Refusal> {
        read_list(&Answer::of(200, body), 0, &["data"], 2, |row| {
            row.text("id").ok_or("no id".into())
        })
    }

    #[test]
    fn one_bad_record_costs_one_record() {
        let rows = ids(r#"{"data":[{"id":1},[],7,null,{"x":1},{"id":2}]}"#).unwrap();
        assert_eq!(rows.read, ["1", "2"]);
        assert_eq!(rows.records, 6);
        assert_eq!(rows.skipped.map(|(records, _)| records), Some(4));
    }

    #[test]
    fn a_nan_in_one_record_costs_no_record() {
        let rows = ids("{\"data\":[{\"id\":1,\"x\":NaN},{\"id\":\"a\tb\"}]}").unwrap();
        assert_eq!(rows.read, ["1", "a b"]);
        assert_eq!(rows.skipped, None);
    }

    #[test]
    fn a_truncated_page_does_not_end_the_list() {
        let rows = ids(r#"{"data":[{"id":1},{"id"#).unwrap();
        assert_eq!((rows.read.len(), rows.records), (1, 2));
        assert_eq!(rows.skipped.as_ref().map(|(records, _)| *records), Some(1));
        assert!(rows.goes_on(2));
    }

    #[test]
    fn a_page_that_breaks_off_at_once_is_refused() {
        for body in [r#"{"data":[{"id"#, "<html>", "", "{}", r#"{"data":null}"#] {
            assert_eq!(ids(body).unwrap_err().kind, crate::RefusalKind::Unreadable, "{body}");
        }
    }

    #[test]
    fn a_total_that_counts_only_the_page_does_not_end_the_list() {
        let rows = ids(r#"{"data":[{"id":1},{"id":2}],"meta":{"total":2}}"#).unwrap();
        assert!(rows.goes_on(2));
        let rows = ids(r#"{"data":[{"id":3}],"meta":{"total":2}}"#).unwrap();
        assert!(!rows.goes_on(3));
    }

    #[test]
    fn a_provider_that_gives_smaller_pages_than_asked_is_read_to_its_end() {
        let rows = ids(r#"{"data":[{"id":1}],"pagination":{"limit":1}}"#).unwrap();
        assert!(rows.goes_on(1));
        let rows = ids(r#"{"data":[{"id":1}],"pagination":{"total":9}}"#).unwrap();
        assert!(rows.goes_on(1) && !rows.goes_on(9));
    }

    #[test]
    fn a_plain_no_ends_the_list_and_so_does_an_empty_page() {
        let rows = ids(r#"{"data":[{"id":1},{"id":2}],"pagination":{"has_more":false,"total":9}}"#);
        assert!(!rows.unwrap().goes_on(2));
        let rows = ids(r#"{"data":[],"pagination":{"has_more":true,"total":9}}"#);
        assert!(!rows.unwrap().goes_on(0));
    }

    #[test]
    fn page_numbers_say_whether_there_is_more_where_nothing_else_does() {
        let rows = ids(r#"{"data":[{"id":1}],"pagination":{"page":1,"pages":2}}"#);
        assert!(rows.unwrap().goes_on(1));
        let rows = ids(r#"{"data":[{"id":1},{"id":2}],"pagination":{"page":2,"totalPages":2}}"#);
        assert!(!rows.unwrap().goes_on(2));
    }

    #[test]
    fn the_names_of_outcomes_stand_beside_the_list() {
        let rows =
            ids(r#"{"data":[{"id":1}],"dispositionMetricsConfig":[{"identifier":"interested",
                "type":"STRING"},{"type":"STRING"},7,{"identifier":"follow_up"}]}"#);
        assert_eq!(rows.unwrap().outcome_names, ["interested", "follow_up"]);
        let other = ids(r#"{"data":[{"id":1}],"dispositionMetricsConfig":"soon"}"#).unwrap();
        assert_eq!((other.outcome_names.len(), other.read.len()), (0, 1));
    }

    #[test]
    fn a_key_that_is_given_twice_is_read_twice_or_last() {
        let rows = ids(r#"{"data":[{"id":1,"id":2}],"data":[{"id":3}],"data":null}"#).unwrap();
        assert_eq!(rows.read, ["2", "3"]);
    }

    #[test]
    fn a_lone_surrogate_in_a_name_costs_nothing() {
        let rows = ids(r#"{"x\ud800":1,"data":[{"id":1,"\udc00":2}]}"#).unwrap();
        assert_eq!(rows.read, ["1"]);
        assert_eq!(rows.skipped, None);
    }
}
