//! Where the program is cut: what is not needed to show the list is fetched when it is wanted.

use std::sync::Arc;

use calls::CallKey;
use calls::book::Row;
use calls::filter::Facet;
use leptos::html::Dialog;
use leptos::prelude::*;
use providers::Sought;

use crate::browser::file::ChosenFile;
use crate::components::export_dialog::ExportSteps;
use crate::components::filter_bar::Range;
use crate::components::filter_bar::amounts::AmountPanel;
use crate::components::filter_bar::choices::Choices;
use crate::components::filter_bar::groups::GroupPanel;
use crate::components::further::FurtherSection;
use crate::components::open_files::FileItem;
use crate::components::period_picker::PeriodPanel;
use crate::components::print_head::PrintedLine;
use crate::components::read_on::CutList;
use crate::components::shortcuts::Keys;
use crate::components::table_menu::TablePanel;
use crate::components::transcript_search::Said;
use crate::components::view_menu::{Kept, ViewPanel};
use crate::exporting::Exporting;
use crate::pages::calls::{OpenCall, OpenPerson};
use crate::pages::embed::{EmbedPage, Wanted};
use crate::pages::statistics::StatisticsPage;
use crate::rest::Rest;
use crate::store::Store;
use crate::transcripts::Transcripts;
use crate::{lazy_deed, lazy_view};

lazy_view! {
    /// Figures and pictures.
    pub fn statistics() in statistics: view! { <StatisticsPage/> }
}

lazy_view! {
    /// A call beside the list.
    pub fn call(key: CallKey, close: Callback<()>) in call:
        view! { <OpenCall key=key close=close/> }
}

lazy_view! {
    /// Somebody's calls beside the list.
    pub fn person(phone: String, close: Callback<()>) in call:
        view! { <OpenPerson phone=phone close=close/> }
}

lazy_view! {
    /// A call in a frame.
    pub fn embed(wanted: Wanted) in call: view! { <EmbedPage wanted=wanted/> }
}

lazy_view! {
    /// Which time, and in which zone.
    pub fn period() in tools: view! { <PeriodPanel/> }
}

lazy_view! {
    /// The values of a filter.
    pub fn choices(facet: Facet) in tools: view! { <Choices facet=facet/> }
}

lazy_view! {
    /// The ends of a range.
    pub fn amounts(range: Range) in tools: view! { <AmountPanel range=range/> }
}

lazy_view! {
    /// Groups of calls, shown or left out.
    pub fn groups() in tools: view! { <GroupPanel/> }
}

lazy_view! {
    /// Views that come along, and those that were saved.
    pub fn views(kept: Kept) in tools: view! { <ViewPanel kept=kept/> }
}

lazy_view! {
    /// Columns, order, density.
    pub fn table() in tools: view! { <TablePanel/> }
}

lazy_view! {
    /// What the dialog of an export shows.
    pub fn export(exporting: Exporting, ticked: Signal<Vec<CallKey>>, dialog: NodeRef<Dialog>) in tools:
        view! { <ExportSteps exporting=exporting ticked=ticked dialog=dialog/> }
}

lazy_view! {
    /// The list of keys.
    pub fn keys() in tools: view! { <Keys/> }
}

lazy_view! {
    /// What was found in transcripts.
    pub fn said() in tools: view! { <Said/> }
}

lazy_view! {
    /// What there is beyond the chosen days.
    pub fn further() in tools: view! { <FurtherSection/> }
}

lazy_view! {
    /// The line over a printed list.
    pub fn print_line() in tools: view! { <PrintedLine/> }
}

lazy_view! {
    /// What is said of an opened file.
    pub fn file(id: Arc<str>) in tools: view! { <FileItem id=id/> }
}

lazy_view! {
    /// A list that was not read to its end.
    pub fn cut_list(id: Arc<str>) in tools: view! { <CutList id=id/> }
}

lazy_deed! {
    /// Opens a file.
    ///
    /// # Errors
    /// What opens files cannot be fetched.
    pub fn open_file(store: Store, file: ChosenFile) in tools: store.open_file(file)
}

lazy_deed! {
    /// Opens the files of a folder.
    ///
    /// # Errors
    /// What opens files cannot be fetched.
    pub fn open_folder(store: Store, name: String, files: Vec<ChosenFile>) in tools:
        store.open_folder(name, files)
}

lazy_deed! {
    /// Starts the search in transcripts.
    ///
    /// # Errors
    /// What searches cannot be fetched.
    pub fn search(transcripts: Transcripts, owner: Owner) in tools: owner.with(|| transcripts.begin())
}

lazy_deed! {
    /// Reads again, from now on and by itself, what may have changed.
    ///
    /// # Errors
    /// What does so cannot be fetched.
    pub fn refreshing(store: Store) in tools: store.begin_refreshing()
}

lazy_deed! {
    /// Looks further than what is loaded.
    ///
    /// # Errors
    /// What does so cannot be fetched.
    pub fn look_further(store: Store, sought: Sought, connections: Vec<String>) in tools:
        store.begin_looking_further(sought, &connections)
}

lazy_deed! {
    /// Opens calls for what only that tells of them.
    ///
    /// # Errors
    /// What does so cannot be fetched.
    pub fn open_rest(rest: Rest, rows: Vec<Row>) in tools: rest.open(&rows)
}
