//! Files that somebody chose or dropped: read in this tab, slice by slice, and never sent.

use js_sys::{Array, Function, Promise, Reflect};
use leptos::ev;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList, HtmlElement, HtmlInputElement, Url};

use crate::browser::download::Offer;

/// A file on somebody's disk.
#[derive(Clone, Debug)]
pub struct ChosenFile {
    file: SendWrapper<File>,
    /// From the folder on that it was chosen with; of a file that was chosen alone its name.
    path: String,
}

/// What somebody chose, or let go of over the page.
#[derive(Debug)]
pub enum Given {
    /// A file.
    File(ChosenFile),
    /// A folder.
    Folder(ChosenFolder),
}

/// A folder on somebody's disk.
#[derive(Debug)]
pub struct ChosenFolder(Lies);

/// How a folder comes.
#[derive(Debug)]
enum Lies {
    /// Chosen: the browser has listed its files already.
    Listed(String, Vec<ChosenFile>),
    /// Dropped: it is looked through when its files are wanted.
    Closed(SendWrapper<JsValue>),
}

/// More files of a folder than this are not looked at.
const MOST_FILES: usize = 200_000;

impl ChosenFile {
    fn of(file: File) -> Self {
        let path = Reflect::get(&file, &"webkitRelativePath".into()).ok();
        let path = path.and_then(|path| path.as_string()).filter(|path| !path.is_empty());
        Self { path: path.unwrap_or_else(|| file.name()), file: SendWrapper::new(file) }
    }

    /// Its path from the folder on that it was chosen with, its name where it was chosen alone.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// An address that it can be played and saved from as long as the offer lives.
    #[must_use]
    pub fn offer(&self) -> Option<Offer> {
        Url::create_object_url_with_blob(&self.file).ok().map(Offer::at)
    }

    /// Its name, without a path.
    #[must_use]
    pub fn name(&self) -> String {
        self.file.name()
    }

    /// Its size in bytes.
    #[must_use]
    pub fn size(&self) -> f64 {
        self.file.size()
    }

    /// The bytes between two places. `None` if the browser cannot read them (any more).
    pub async fn slice(&self, from: f64, to: f64) -> Option<Vec<u8>> {
        let slice = self.file.slice_with_f64_and_f64(from, to.min(self.size())).ok()?;
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

/// Whether folders can be chosen in this browser: some of telephones cannot.
#[must_use]
pub fn takes_folders() -> bool {
    let fields = Reflect::get(&js_sys::global(), &"HTMLInputElement".into());
    let fields = fields.and_then(|fields| Reflect::get(&fields, &"prototype".into()));
    fields.and_then(|of_all| Reflect::has(&of_all, &"webkitdirectory".into())).unwrap_or(false)
}

/// Lets a field take a folder in place of files.
pub fn take_folders(id: &str) {
    let element = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id));
    if let Some(element) = element {
        drop(element.set_attribute("webkitdirectory", ""));
    }
}

/// What was dropped. Folders are told apart by the list of items, which is only there now.
#[must_use]
pub fn dropped(event: &ev::DragEvent) -> Vec<Given> {
    let Some(data) = event.data_transfer() else { return Vec::new() };
    let files = listed(data.files()).into_iter();
    let items = Reflect::get(&data, &"items".into()).unwrap_or_default();
    let folder = |nth: usize| {
        let item = Reflect::get(&items, &JsValue::from(u32::try_from(nth).ok()?)).ok()?;
        let entry = call(&item, "webkitGetAsEntry", &Array::new())?;
        let is_folder = Reflect::get(&entry, &"isDirectory".into()).ok()?.is_truthy();
        is_folder.then(|| ChosenFolder(Lies::Closed(SendWrapper::new(entry))))
    };
    let taken = files.enumerate().map(|(nth, file)| match folder(nth) {
        Some(folder) => Given::Folder(folder),
        None => Given::File(file),
    });
    taken.collect()
}

impl ChosenFolder {
    /// The one that these files were chosen with. None of an empty folder, whose name nobody knows.
    #[must_use]
    pub fn of(files: Vec<ChosenFile>) -> Option<Self> {
        let name = files.first()?.path().split('/').next()?.to_owned();
        Some(Self(Lies::Listed(name, files)))
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.0 {
            Lies::Listed(name, _) => name.clone(),
            Lies::Closed(entry) => text(entry, "name"),
        }
    }

    /// The files in it and in the folders below it.
    pub async fn files(self) -> Vec<ChosenFile> {
        let entry = match self.0 {
            Lies::Listed(_, files) => return files,
            Lies::Closed(entry) => entry.take(),
        };
        let (mut files, mut folders) = (Vec::new(), vec![entry]);
        while let Some(folder) = folders.pop() {
            let Some(reader) = call(&folder, "createReader", &Array::new()) else { continue };
            // A reader hands out a part each time, and nothing at the end.
            while let Some(entries) = asked(&reader, "readEntries").await {
                let entries = Array::from(&entries);
                if entries.length() == 0 || files.len() > MOST_FILES {
                    break;
                }
                for entry in entries.iter() {
                    if Reflect::get(&entry, &"isDirectory".into()).is_ok_and(|it| it.is_truthy()) {
                        folders.push(entry);
                    } else if let Some(file) = asked(&entry, "file").await {
                        let path = text(&entry, "fullPath").trim_start_matches('/').to_owned();
                        let file = file.dyn_into::<File>().ok().map(SendWrapper::new);
                        files.extend(file.map(|file| ChosenFile { file, path }));
                    }
                }
            }
        }
        files
    }
}

fn text(of: &JsValue, name: &str) -> String {
    Reflect::get(of, &name.into()).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Calls what older interfaces have; `None` where it is not there, fails or says null.
fn call(of: &JsValue, name: &str, arguments: &Array) -> Option<JsValue> {
    let function = Reflect::get(of, &name.into()).ok()?.dyn_into::<Function>().ok()?;
    let found = function.apply(of, arguments).ok()?;
    (!found.is_null() && !found.is_undefined()).then_some(found)
}

/// Asks what answers by one of two functions.
async fn asked(of: &JsValue, name: &str) -> Option<JsValue> {
    let promise = Promise::new(&mut |done, failed| {
        drop(call(of, name, &Array::of2(&done, &failed)));
    });
    JsFuture::from(promise).await.ok()
}

/// Whether what is dragged has left the window.
#[must_use]
pub fn left_the_window(event: &ev::DragEvent) -> bool {
    event.related_target().is_none()
}

fn listed(files: Option<FileList>) -> Vec<ChosenFile> {
    let Some(files) = files else { return Vec::new() };
    let file = |index| files.item(index).map(ChosenFile::of);
    (0..files.length()).filter_map(file).collect()
}
