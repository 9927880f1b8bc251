//! The list of calls: a grid whose rows are drawn by a pool, with heads that sort, move and resize.

use std::rc::Rc;

use calls::CallKey;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html::Div;
use leptos::prelude::*;

use crate::browser::row_pool::{Extent, PRINTED, RowPool, RowTemplate};
use crate::chosen::{Chosen, use_chosen};
use crate::components::call_rows::CallRows;
use crate::components::list_heads::{ListHeads, head_column};
use crate::components::list_pager::{ListPager, PAGE_ROWS};
use crate::components::list_steps::ListSteps;
use crate::components::no_calls::NoCalls;
use crate::components::player::{PlayWish, use_play_wish};
use crate::components::row_template::row_template;
use crate::components::shortcuts::ToRows;
use crate::locale::{Locale, use_locale};
use crate::nav::{Nav, use_nav};
use crate::preferences::{Preferences, use_preferences};
use crate::selection::use_selection;
use crate::store::use_store;
use crate::table::Fitted;
use crate::transcripts::use_transcripts;

/// The call whose row is to have the focus again, because it has been closed.
#[derive(Clone, Copy)]
pub struct WayBack(pub RwSignal<Option<CallKey>>);

/// The list.
#[component]
pub fn CallList() -> impl IntoView {
    let selection = use_selection();
    let empty = Memo::new(move |_| selection.rows.with(|rows| rows.is_empty()));
    view! {
        <Show when=move || !empty.get() fallback=|| view! { <NoCalls/> }>
            <CallTable/>
        </Show>
    }
}

/// What the parts of the table share.
#[derive(Clone, Copy)]
pub struct List {
    /// The rows that are drawn.
    pub(crate) pool: StoredValue<Option<RowPool>, LocalStorage>,
    /// What they show.
    pub(crate) rows: StoredValue<Rc<CallRows>, LocalStorage>,
    /// The columns in the room that there is.
    pub(crate) fitted: Memo<Fitted>,
    /// The page, counted from 0, where the list is in pages.
    pub(crate) page: RwSignal<usize>,
    /// Whether a row says a duration that goes on.
    ticking: RwSignal<bool>,
    /// What the last deed came to, for whoever cannot see it.
    pub(crate) said: RwSignal<Option<String>>,
    /// The language.
    pub(crate) locale: Locale,
    /// The way around.
    pub(crate) nav: Nav,
    /// The ticked calls.
    pub(crate) chosen: Chosen,
    /// The settings.
    pub(crate) preferences: Preferences,
    /// What plays next.
    pub(crate) wish: PlayWish,
}

impl List {
    /// Does something with the pool, once there is one.
    pub(crate) fn with<T>(self, act: impl FnOnce(&RowPool) -> T) -> Option<T> {
        // A clone, so that what it does may come back here.
        let pool = self.pool.try_get_value().flatten()?;
        Some(act(&pool))
    }

    fn template(self) -> RowTemplate {
        let fitted = self.fitted.get_untracked();
        self.rows.with_value(|rows| rows.set_columns(fitted.columns.clone()));
        let (row, stops) = row_template(&fitted.columns, fitted.cards, self.locale);
        RowTemplate { row, stops, row_px: fitted.row_px }
    }

    /// Looks at the rows that are drawn now: whether a clock has to go on, and what was found in
    /// their transcripts.
    fn notice_drawn(self) {
        if let Some(drawn) = self.with(RowPool::drawn) {
            self.rows.with_value(|rows| rows.look_at_hits(&drawn));
        }
        self.notice_running();
    }

    fn notice_running(self) {
        let running = self.with(|pool| {
            let drawn = pool.drawn();
            self.rows.with_value(|rows| rows.any_running(&drawn))
        });
        let running = running.unwrap_or_default();
        if self.ticking.try_get_untracked().is_some_and(|ticking| ticking != running) {
            self.ticking.set(running);
        }
    }
}

#[component]
fn CallTable() -> impl IntoView {
    let (nav, store, selection, locale) = (use_nav(), use_store(), use_selection(), use_locale());
    let (preferences, chosen) = (use_preferences(), use_chosen());
    let room = RwSignal::new(1_200.0);
    let fitted = Memo::new(move |_| preferences.table().fitted(room.get()));
    let list = List {
        pool: StoredValue::new_local(None),
        rows: StoredValue::new_local(CallRows::new(store, selection, nav, chosen, locale)),
        fitted,
        page: RwSignal::new(0),
        ticking: RwSignal::new(false),
        said: RwSignal::new(None),
        locale,
        nav,
        chosen,
        preferences,
        wish: use_play_wish(),
    };
    let body = NodeRef::<Div>::new();
    Effect::new(move |_| {
        let Some(body) = body.get() else { return };
        if let Some(room_px) = RowPool::room_px(&body).filter(|room_px| *room_px > 60.0) {
            room.set(room_px);
        }
        list.rows.with_value(|rows| rows.take());
        let rows = list.rows.get_value();
        let sized = Rc::new(move |width_px| {
            let _gone = room.try_set(width_px);
        });
        let changed = Rc::new(move || list.notice_drawn());
        let pool = RowPool::new(&body, rows, &untrack(|| list.template()), changed, sized);
        list.pool.set_value(Some(pool));
        follow(list);
    });
    on_cleanup(move || drop(list.pool.try_set_value(None)));
    let density = move || preferences.table().density.code();
    let count = move || selection.rows.with(|rows| (rows.len() + 1).to_string());
    let cut = Memo::new(move |_| {
        !preferences.table().paged && selection.rows.with(|rows| rows.len() > PRINTED)
    });
    view! {
        <div class="call-list" data-cards=move || fitted.get().cards.to_string() data-density=density>
            <div class="call-list__scroll" data-scrolls="" tabindex="-1">
                <div
                    class="call-list__grid"
                    role="grid"
                    aria-label=locale.words.list_label()
                    aria-multiselectable="true"
                    aria-rowcount=count
                    aria-colcount=move || (fitted.with(|fitted| fitted.columns.len() + if fitted.cards { 2 } else { 3 })).to_string()
                    style:--columns=move || fitted.get().tracks
                    style:--least=move || fitted.with(|fitted| format!("{}px", fitted.least_px))
                    on:keydown=move |event| press(list, &event)
                    on:click=move |event| click(list, &event)
                >
                    <ListHeads list=list/>
                    <div class="call-list__rows" role="rowgroup" node_ref=body></div>
                </div>
            </div>
            <Show when=move || cut.get()>
                <p class="call-list__cut">{locale.words.print_cut(locale.count(PRINTED))}</p>
            </Show>
            <p class="call-list__said" role="status">{move || list.said.get()}</p>
            <Show when=move || preferences.table().paged>
                <ListPager list=list/>
            </Show>
        </div>
    }
}

/// Keeps the pool in step with everything that rows are made of.
fn follow(list: List) {
    let (nav, store, selection) = (use_nav(), use_store(), use_selection());
    let (preferences, chosen) = (use_preferences(), use_chosen());
    let question = nav.part(|place| (place.filter.clone(), place.period, place.sort));
    Effect::new(move |before: Option<_>| {
        let asked = question.get();
        selection.rows.track();
        store.with_book(|_| ());
        list.rows.with_value(|rows| rows.take());
        let same = before.is_none_or(|before| before == asked);
        if !same {
            list.page.set(0);
        }
        list.with(|pool| if same { pool.renew() } else { pool.restart() });
        list.notice_drawn();
        asked
    });
    let open = nav.part(|place| place.call.clone());
    let transcripts = use_transcripts();
    Effect::new(move |before: Option<()>| {
        open.track();
        transcripts.follow_snippets();
        selection.zone.track();
        selection.now_ms.track();
        chosen.track();
        let _known = store.is_ready();
        if before.is_some() {
            list.rows.with_value(|rows| rows.take_names());
            list.with(RowPool::rewrite);
        }
    });
    Effect::new(move |before: Option<()>| {
        list.fitted.track();
        if before.is_some() {
            let template = untrack(|| list.template());
            list.with(|pool| pool.set_template(&template));
        }
    });
    let paged = Memo::new(move |_| preferences.table().paged);
    Effect::new(move |_| {
        let (paged, page) = (paged.get(), list.page.get());
        let extent = if paged { Extent::Page { page, size: PAGE_ROWS } } else { Extent::Window };
        list.with(|pool| pool.set_extent(extent));
    });
    come_back(list);
    come_by_arrow(list);
    tick(list);
}

/// An arrow that is pressed while nothing has the focus leads to the first row that is seen.
fn come_by_arrow(list: List) {
    let Some(ToRows(asked)) = use_context::<ToRows>() else { return };
    Effect::new(move |before: Option<u32>| {
        let now = asked.get();
        if before.is_some_and(|before| before != now) {
            list.with(|pool| pool.stop().map(|(row, column)| pool.focus(row, column)));
        }
        now
    });
}

/// Gives the focus back to the row of a call that has been closed.
fn come_back(list: List) {
    let Some(WayBack(closed)) = use_context::<WayBack>() else { return };
    Effect::new(move |_| {
        let Some(key) = closed.get() else { return };
        closed.set(None);
        if let Some(row) = list.rows.with_value(|rows| rows.find(&key)) {
            ListSteps::new(list).focus_soon(row);
        }
    });
}

/// Moves the clock on every second as long as a running call is seen.
fn tick(list: List) {
    let now_ms = use_selection().now_ms;
    Effect::new(move |_| {
        if !list.ticking.get() {
            return;
        }
        leptos::task::spawn_local(async move {
            while list.ticking.try_get_untracked() == Some(true) {
                crate::browser::clock::sleep_ms(1_000).await;
                if now_ms.try_set(crate::browser::clock::now_ms()).is_some() {
                    break;
                }
            }
        });
    });
}

fn press(list: List, event: &KeyboardEvent) {
    let steps = ListSteps::new(list);
    let done = match list.with(|pool| pool.hit(event)).flatten() {
        Some(hit) => steps.press_in_row(hit, event),
        None => head_column(event).is_some_and(|column| steps.press_in_head(column, event)),
    };
    if done {
        event.prevent_default();
    }
}

fn click(list: List, event: &MouseEvent) {
    let Some(hit) = list.with(|pool| pool.hit(event)).flatten() else { return };
    if ListSteps::new(list).click(hit, event) {
        event.prevent_default();
    }
}
