//! Dialogs that the browser itself opens above everything, keeps the focus in and closes.

use leptos::html::Dialog;
use leptos::prelude::{GetUntracked, NodeRef};

/// Opens a dialog, unless it is open.
pub fn open(dialog: NodeRef<Dialog>) {
    if let Some(dialog) = dialog.get_untracked().filter(|dialog| !dialog.open()) {
        drop(dialog.show_modal());
    }
}

/// Closes a dialog; the focus goes back to where it was.
pub fn close(dialog: NodeRef<Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        dialog.close();
    }
}
