//! Files that somebody chose or dropped: read in this tab, slice by slice, and never sent.

use leptos::ev;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList, HtmlElement, HtmlInputElement};

/// A file on somebody's disk.
#[derive(Clone, Debug)]
pub struct ChosenFile(SendWrapper<File>);

impl ChosenFile {
    /// Its name, without a path.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Its size in bytes.
    #[must_use]
    pub fn size(&self) -> f64 {
        self.0.size()
    }

    /// The bytes between two places. `None` if the browser cannot read them (any more).
    pub async fn slice(&self, from: f64, to: f64) -> Option<Vec<u8>> {
        let slice = self.0.slice_with_f64_and_f64(from, to.min(self.size())).ok()?;
        let buffer = JsFuture::from(slice.array_buffer()).await.ok()?;
        Some(js_sys::Uint8Array::new(&buffer).to_vec())
    }
}

/// Opens the browser's window for choosing files, as a click on the field with this id does.
pub fn choose(id: &str) {
    let element = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.click();
    }
}

/// The files that were chosen in the field that an event comes from. The field is emptied, so that
/// the same file can be chosen again.
#[must_use]
pub fn chosen(event: &ev::Event) -> Vec<ChosenFile> {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(field) = field else { return Vec::new() };
    let files = listed(field.files());
    field.set_value("");
    files
}

/// Whether files are being dragged (and not a text or a link).
#[must_use]
pub fn drags_files(event: &ev::DragEvent) -> bool {
    let kinds = event.data_transfer().map(|data| data.types());
    kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind.as_string().as_deref() == Some("Files")))
}

/// The files that were dropped.
#[must_use]
pub fn dropped(event: &ev::DragEvent) -> Vec<ChosenFile> {
    listed(event.data_transfer().and_then(|data| data.files()))
}

/// Whether what is dragged has left the window.
#[must_use]
pub fn left_the_window(event: &ev::DragEvent) -> bool {
    event.related_target().is_none()
}

fn listed(files: Option<FileList>) -> Vec<ChosenFile> {
    let Some(files) = files else { return Vec::new() };
    let file = |index| files.item(index).map(|file| ChosenFile(SendWrapper::new(file)));
    (0..files.length()).filter_map(file).collect()
}
