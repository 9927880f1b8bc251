//! Views: named places. Some come with Calldeck; others a reader saves. A saved view is a link of
//! this app and a name, kept by the browser and by nobody else.

use calls::filter::{Mark, Wanted};
use calls::period::{Period, Preset};
use calls::{Status, phone};
use serde::{Deserialize, Serialize};

use crate::place::{Place, View};

/// Most views that are kept: a list of names that can still be read.
const MOST: usize = 50;
/// Longest name, in letters.
const LONGEST: usize = 60;

/// What calls that ask for a callback say, in whichever language their agents speak: one of these
/// is enough. Accents and two-letter spellings are folded when it is looked for.
const CALLBACK: &str = "callback|Rückruf";

/// A view that comes with Calldeck.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BuiltIn {
    /// Calls on which staff still have something to do, of the last 30 days.
    Todo,
    /// Calls whose texts speak of a callback, of the last 30 days.
    Callbacks,
    /// Calls that failed, of the last seven days.
    Failed,
    /// Calls that are going on.
    Running,
    /// Today's calls.
    Today,
}

impl BuiltIn {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] =
        [Self::Todo, Self::Callbacks, Self::Failed, Self::Running, Self::Today];

    /// Where it leads; the zone stays, since it is not a question of which calls.
    #[must_use]
    pub fn place(self, now: &Place) -> Place {
        let mut place = Place { zone: now.zone.clone(), ..Place::default() };
        let codes =
            |codes: &[Status]| codes.iter().map(|status| status.code().to_owned()).collect();
        match self {
            Self::Todo => {
                place.period = Period::Preset(Preset::Last30);
                place.filter.marks.set(Mark::Todo, Wanted::Only);
            }
            Self::Callbacks => {
                place.period = Period::Preset(Preset::Last30);
                place.filter.text = CALLBACK.to_owned();
            }
            Self::Failed => place.filter.statuses = codes(&[Status::Failed]),
            Self::Running => {
                let running = [Status::Queued, Status::Ringing, Status::InProgress];
                place.filter.statuses = codes(&running);
            }
            Self::Today => place.period = Period::Preset(Preset::Today),
        }
        place
    }
}

/// A view that a reader saved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Saved {
    /// The reader's name for it.
    pub name: String,
    /// Where it leads, as [`Place::fragment`] writes it.
    pub fragment: String,
}

/// The views of a reader, in the order they were saved. Names are unique.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Views(Vec<Saved>);

impl Views {
    /// Reads what [`Views::text`] wrote. Entries that are no views are passed over.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let entries: Vec<serde_json::Value> = serde_json::from_str(text).unwrap_or_default();
        let views =
            entries.into_iter().filter_map(|entry| serde_json::from_value::<Saved>(entry).ok());
        let mut all = Self::default();
        for view in views {
            let _no_view = all.keep(view);
        }
        all
    }

    /// The views as a text.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Saved] {
        &self.0
    }

    /// Saves a place under a name, in the place of one that has this name already.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn save(&mut self, name: &str, place: &Place) -> Result<(), NotSaved> {
        let fragment = place.with_call(None).fragment();
        self.keep(Saved { name: name.trim().to_owned(), fragment })
    }

    fn keep(&mut self, view: Saved) -> Result<(), NotSaved> {
        if view.name.is_empty() {
            return Err(NotSaved::NoName);
        }
        if view.name.chars().count() > LONGEST {
            return Err(NotSaved::LongName);
        }
        let full = self.0.len() >= MOST;
        match self.0.iter_mut().find(|known| known.name == view.name) {
            Some(known) => *known = view,
            None if full => return Err(NotSaved::TooMany),
            None => self.0.push(view),
        }
        Ok(())
    }

    /// Forgets a view.
    pub fn forget(&mut self, name: &str) {
        self.0.retain(|view| view.name != name);
    }
}

/// Why a view is not saved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotSaved {
    /// It has no name.
    NoName,
    /// Its name has more than 60 letters.
    LongName,
    /// There are 50 already.
    TooMany,
    /// The browser does not keep anything for this page.
    Blocked,
}

/// Whether a place names a person: a phone number, a contact, or a searched text that could be a
/// number. Whoever uses this browser could read it in a saved view.
#[must_use]
pub fn names_a_person(place: &Place) -> bool {
    let filter = &place.filter;
    let typed = filter.text.split_whitespace().any(phone::looks_like_number)
        || phone::looks_like_number(&filter.text);
    !filter.phone.is_empty() || !filter.contact.is_empty() || typed
}

/// Whether a place is this view's, whatever call is open in it.
#[must_use]
pub fn is_at(fragment: &str, place: &Place) -> bool {
    place.view == View::Calls && place.with_call(None).fragment() == fragment
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> Place {
        Place::parse(text).0
    }

    #[test]
    fn views_are_read_as_they_were_written_and_a_name_is_there_once() {
        let mut views = Views::default();
        assert_eq!(views.save(" Missed ", &place("#?status=busy&call=sales/1")), Ok(()));
        assert_eq!(views.save("Mine", &place("#?q=a")), Ok(()));
        assert_eq!(views.save("Missed", &place("#?status=no_answer")), Ok(()));
        let names: Vec<_> = views.all().iter().map(|view| view.name.as_str()).collect();
        assert_eq!(names, ["Missed", "Mine"]);
        assert_eq!(views.all()[0].fragment, "#?status=no_answer");
        assert_eq!(Views::parse(&views.text()), views);
        views.forget("Missed");
        assert_eq!(views.all().len(), 1);
    }

    #[test]
    fn an_open_call_is_no_part_of_a_view() {
        let mut views = Views::default();
        views.save("Missed", &place("#?status=busy&call=sales/1&at=5")).unwrap();
        assert_eq!(views.all()[0].fragment, "#?status=busy");
        assert!(is_at("#?status=busy", &place("#?status=busy&call=sales/2")));
        assert!(!is_at("#?status=busy", &place("#?status=busy&q=x")));
    }

    #[test]
    fn what_is_kept_wrong_is_passed_over() {
        for text in ["", "{", "{}", "[1,2]", r#"[{"name":5}]"#] {
            assert_eq!(Views::parse(text), Views::default(), "{text}");
        }
        let views = Views::parse(r##"[{"name":""},{"name":"A","fragment":"#","more":1},7]"##);
        assert_eq!(views.all().len(), 1);
    }

    #[test]
    fn a_view_without_a_name_with_an_endless_one_or_one_too_many_is_refused() {
        let mut views = Views::default();
        assert_eq!(views.save("  ", &Place::default()), Err(NotSaved::NoName));
        assert_eq!(views.save(&"ß".repeat(61), &Place::default()), Err(NotSaved::LongName));
        for number in 0..MOST {
            views.save(&number.to_string(), &Place::default()).unwrap();
        }
        assert_eq!(views.save("more", &Place::default()), Err(NotSaved::TooMany));
        assert_eq!(views.save("1", &Place::default()), Ok(()), "one that is there can change");
    }

    #[test]
    fn a_view_with_a_number_or_a_contact_names_a_person() {
        for text in
            ["#?phone=0171", "#?q=%2B49%20171%2039200", "#?contact=c_1", "#?q=anna%204915112345"]
        {
            assert!(names_a_person(&place(text)), "{text}");
        }
        for text in ["#", "#?q=anna", "#?status=busy&period=30d"] {
            assert!(!names_a_person(&place(text)), "{text}");
        }
    }

    #[test]
    fn the_views_that_come_along_can_be_shared_as_links_and_keep_the_zone() {
        let now = place("#?zone=Asia/Kathmandu&q=x&view=statistics");
        for view in BuiltIn::ALL {
            let there = view.place(&now);
            assert_eq!(Place::parse(&there.fragment()), (there.clone(), vec![]), "{view:?}");
            assert_eq!(there.zone.as_deref(), Some("Asia/Kathmandu"));
        }
    }
}
