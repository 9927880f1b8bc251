//! Splits a page of a list into its rows without reading them, and keeps the complete rows of a
//! page that breaks off.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::fields::Fields;
use crate::json::Text;

/// A page: the rows of its list, and what stood beside and above the list.
#[derive(Debug, Default)]
pub struct Page<'a> {
    /// The rows as they came.
    pub rows: Vec<&'a RawValue>,
    /// Fields beside the list and beside the objects it lies in, such as `pagination`.
    pub beside: Fields<'a>,
    /// Whether the list was there.
    pub found: bool,
    /// Why the page could not be read to its end. The rows before are complete.
    pub broken: Option<String>,
}

impl<'a> Page<'a> {
    /// Splits a page. `path` names the objects down to the list: `["data", "logs"]`. A bare array
    /// is taken as the list whatever the path says.
    #[must_use]
    pub fn split(text: &'a str, path: &[&str]) -> Self {
        let mut page = Self::default();
        let path = if text.trim_start().starts_with('[') { &[][..] } else { path };
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let read = Walk { path, page: &mut page }.deserialize(&mut deserializer);
        page.broken = read.err().map(|why| why.to_string());
        page
    }
}

/// Goes down the path and collects on the way.
struct Walk<'p, 'a> {
    path: &'p [&'p str],
    page: &'p mut Page<'a>,
}

impl<'a> DeserializeSeed<'a> for Walk<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Walk<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of calls")
    }

    fn visit_seq<S: SeqAccess<'a>>(self, mut seq: S) -> Result<(), S::Error> {
        if !self.path.is_empty() {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        self.page.found = true;
        while let Some(row) = seq.next_element::<&'a RawValue>()? {
            self.page.rows.push(row);
        }
        Ok(())
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<(), M::Error> {
        let (next, rest) = self.path.split_first().unzip();
        while let Some(Text(name)) = map.next_key()? {
            if next.is_some_and(|next| *next == name) {
                let path = rest.unwrap_or_default();
                map.next_value_seed(Walk { path, page: self.page })?;
            } else {
                let value = map.next_value::<&'a RawValue>()?;
                self.page.beside.insert(name, value);
            }
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, path: &[&str]) -> (Vec<String>, bool) {
        let page = Page::split(text, path);
        (page.rows.iter().map(|row| row.get().to_owned()).collect(), page.broken.is_some())
    }

    #[test]
    fn rows_are_found_at_any_depth_and_the_rest_is_beside() {
        let text = r#"{"status":true,"data":{"logs":[{"a":1},2],"pagination":{"total":2}}}"#;
        let page = Page::split(text, &["data", "logs"]);
        assert_eq!(page.rows.len(), 2);
        assert_eq!(page.beside.object("pagination").unwrap().count("total"), Some(2));
        assert!(page.found && page.broken.is_none());
    }

    #[test]
    fn a_page_that_breaks_off_keeps_its_complete_rows() {
        assert_eq!(
            rows(r#"{"data":[{"a":1},{"b":2},{"c":"#, &["data"]),
            (vec![r#"{"a":1}"#.into(), r#"{"b":2}"#.into()], true)
        );
    }

    #[test]
    fn no_list_is_not_an_empty_list() {
        for text in
            [r#"{"data":null}"#, r#"{"data":"x"}"#, "{}", "<html>", "", r#"{"data":{"x":[]}}"#]
        {
            assert!(!Page::split(text, &["data"]).found, "{text}");
        }
        assert!(Page::split(r#"{"data":[]}"#, &["data"]).found);
        assert_eq!(rows("[1,2]", &["data"]).0, ["1", "2"]);
    }

    #[test]
    fn deep_nesting_in_one_row_costs_nothing() {
        let deep = format!(
            r#"{{"data":[{{"a":{}{}}},{{"b":1}}]}}"#,
            "[".repeat(10_000),
            "]".repeat(10_000)
        );
        let page = Page::split(&deep, &["data"]);
        assert_eq!(page.rows.len(), 2);
        assert!(page.broken.is_none());
    }
}
