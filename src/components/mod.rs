//! Parts of the screen that know what a call is. They take values and draw them; what they read
//! from contexts is the locale and the way around.

pub mod attempts;
pub mod calendar;
pub mod call_head;
pub mod call_list;
pub mod call_panel;
pub mod call_row;
pub mod call_rows;
pub mod call_text;
pub mod chart;
pub mod copy_note;
pub mod end_reason;
pub mod export_choice;
pub mod export_dialog;
pub mod facts;
pub mod figure_strip;
pub mod filter_bar;
pub mod further;
pub mod list_heads;
pub mod list_pager;
mod list_steps;
pub mod load_status;
pub mod no_calls;
pub mod open_files;
pub mod period_picker;
pub mod player;
pub mod read_on;
pub mod recording_term;
pub mod row_template;
pub mod row_words;
pub mod shortcuts;
pub mod table_menu;
pub mod theme_switch;
pub mod top_bar;
pub mod transcript;
pub mod view_menu;
