//! The table of calls: walked, sorted, ticked, arranged, turned over, and kept in place.

use serde_json::{Value, json};

use crate::driver::{Browser, Look, Page, any, containing};
use crate::screen::{self, calls, count, rows, table};
use crate::stage::Stage;

/// The rows that are drawn, by their numbers, in the order in which they are read.
const NUMBERS: &str = "[...document.querySelectorAll('[role=grid] [role=row]:not([hidden])')]
    .map(row => Number(row.getAttribute('aria-rowindex')))";

/// What the first row is that is seen, and how far it is from the upper edge.
const TOP: &str = "(() => {
    const edge = document.querySelector('[role=columnheader]').getBoundingClientRect().bottom;
    const rows = [...document.querySelectorAll('[role=grid] [role=row]:not([hidden])')].slice(1);
    const seen = rows.map(row => [row.getBoundingClientRect(), row.querySelector('a').href])
        .filter(([box]) => box.bottom > edge + 1).sort((a, b) => a[0].top - b[0].top)[0];
    return [seen[1].replace(/.*call=/, ''), Math.round(seen[0].top - edge)];
})()";

/// The name of a call in the middle that is none of those that show what the demo can do. Rows are
/// drawn anew at any time, so that it is found and named at once.
const USUAL: &str = "[...document.querySelectorAll('[role=grid] [role=row]:not([hidden])')]
    .slice(12).find(row => !row.textContent.includes('Demo:')).querySelector('a').ariaLabel";

#[test]
fn the_whole_list_is_walked_by_keyboard_and_the_focus_is_never_lost() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    let last = || count(&page) + 1;
    assert!(last() > 60, "more calls than fit on a screen");
    assert!(rows(&page).count() < 40, "only what is seen is drawn");

    page.press("ArrowDown");
    assert_eq!(focus(&page), (2, 2), "an arrow leads to the first call");
    for (key, to) in [
        ("ArrowDown", (3, 2)),
        ("ArrowRight", (3, 3)),
        ("Home", (3, 1)),
        ("ArrowUp", (2, 1)),
        ("Control+Home", (2, 1)),
        ("ArrowUp", (1, 1)),
        ("ArrowRight", (1, 2)),
        ("ArrowDown", (2, 2)),
    ] {
        page.press(key);
        page.wait_until(&format!("{key} leads to {to:?}"), || focus(&page) == to);
    }
    page.press("PageDown");
    let (row, _) = focus(&page);
    assert!((8..40).contains(&row), "a screen further: {row}");

    let back = focus(&page);
    page.press("Control+End");
    // Calls come in while one walks: the last row is the last of now.
    // Its last cell is one that is seen: where nothing hovers, the buttons are not.
    page.wait_until("the last call has the focus", || {
        let (row, column) = focus(&page);
        row == last() && column >= 11
    });
    page.press("Home");
    page.wait_until("its row begins with its box", || focus(&page) == (last(), 1));
    page.press("Control+Home");
    page.press("ArrowRight");
    page.press("PageDown");
    page.wait_until("one is back where one was", || focus(&page) == back);

    scroll(&page, 1_000_000);
    page.wait_until("the last row is drawn", || numbers(&page).contains(&last()));
    assert_eq!(focus(&page), (row, 2), "what has the focus keeps it while it is scrolled away");
    page.press("ArrowDown");
    page.wait_until("one goes on from there", || focus(&page) == (row + 1, 2));
    page.wait_until("rows are read in their order", || numbers(&page).is_sorted());

    page.press("ArrowRight");
    page.press("Enter");
    let heading = page.by_role("complementary", "Open call").by_role("heading", any()).first();
    page.wait_until("the heading of the call has the focus", || heading.has_focus());
    page.press("Escape");
    page.wait_until("the focus is back on the row", || focus(&page) == (row + 1, 2));
}

#[test]
fn an_arrow_leads_past_a_button_that_is_not_there() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?recording=no"));
    // Buttons of rows are left out where nothing hovers, as in some of the browsers that test.
    page.eval("document.styleSheets[0].insertRule('.call-row__action { display: grid }')");
    calls(&page).first().focus();
    page.press("End");
    let row = rows(&page).nth(1);
    let copy = row.by_role("button", containing("Copy link"));
    page.wait_until("the last button has the focus", || copy.has_focus());
    assert_eq!(row.by_role("button", containing("Play")).count(), 0, "nothing to play");
    page.press("ArrowLeft");
    page.wait_until("the cell before has the focus", || !copy.has_focus());
    page.press("ArrowRight");
    page.wait_until("the arrow leads past what is not there", || copy.has_focus());
}

#[test]
fn a_head_sorts_and_the_order_stands_in_the_link() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?success=yes"));
    scroll(&page, 1_000);
    let head = table(&page).by_role("columnheader", "Duration");
    head.by_role("button", "Duration").click();
    page.wait_until("the longest call comes first", || {
        let shown = durations(&page);
        page.url().contains("sort=-duration") && shown.is_sorted_by(|a, b| a >= b)
    });
    assert_eq!(head.attribute("aria-sort").as_deref(), Some("descending"));
    assert_eq!(numbers(&page)[..2], [1, 2], "another order begins at its top");
    let longest = calls(&page).names().remove(0);
    head.by_role("button", "Duration").click();
    page.wait_until("the shortest call comes first", || durations(&page).is_sorted());
    assert_eq!(head.attribute("aria-sort").as_deref(), Some("ascending"));
    page.back();
    page.wait_until("Back is the order before", || calls(&page).names()[0] == longest);
    page.reload();
    screen::wait_loaded(&page);
    page.wait_until("the link has the order", || calls(&page).names()[0] == longest);
}

/// The durations of the rows that are drawn, in seconds.
fn durations(page: &Page) -> Vec<u64> {
    let texts = page.eval(
        "[...document.querySelectorAll('[role=row]:not([hidden]) .call-row__duration')]
            .map(cell => cell.textContent.split(':').reduce((all, part) => all * 60 + +part, 0))",
    );
    serde_json::from_value(texts).expect("durations")
}

#[test]
fn calls_are_ticked_one_by_one_and_in_ranges_whatever_is_filtered() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?period=30d&phone=0142"));
    assert!(count(&page) > 3);
    let boxes = table(&page).by_role("checkbox", containing("Select"));
    boxes.nth(1).click();
    page.by_role("status", any()).with_text("1 call selected").wait();
    assert_eq!(rows(&page).nth(1).attribute("aria-selected").as_deref(), Some("true"));
    for _ in 0..2 {
        page.press("ArrowDown");
    }
    page.press("Shift+ ");
    page.by_role("status", any()).with_text("3 calls selected").wait();
    page.press("ArrowRight");
    page.press(" ");
    page.by_role("status", any()).with_text("2 calls selected").wait();
    page.by_role("searchbox", containing("Search")).fill("nobody has said this");
    page.wait_until("no call is left", || count(&page) == 0);
    page.by_role("status", any()).with_text("2 calls selected").wait();
    page.by_role("button", "Clear selection").click();
    page.by_role("button", "Clear selection").wait_gone();
}

#[test]
fn columns_are_chosen_moved_and_resized_by_buttons_and_keys_and_kept() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    assert!(!heads(&page).contains(&"Cost".to_owned()));
    page.by_role("button", "Table").click();
    let menu = page.by_role("group", "Columns and view");
    menu.by_role("checkbox", "Cost").click();
    menu.by_role("checkbox", "Direction").click();
    menu.by_role("button", "Move Cost to the left").click();
    page.wait_until("the button keeps the focus", || {
        menu.by_role("button", "Move Cost to the left").has_focus()
    });
    page.press("Escape");
    let shown = heads(&page);
    assert_eq!(shown[shown.len() - 2..], ["Cost", "Recording"]);
    assert!(!shown.contains(&"Direction".to_owned()), "{shown:?}");

    let head = table(&page).by_role("button", "Customer");
    head.focus();
    let before = width(&page, "Customer");
    page.press("Shift+ArrowRight");
    page.wait_until("the column is wider", || width(&page, "Customer") > before);
    page.press("Alt+ArrowRight");
    page.wait_until("the head has the focus where it is now", || {
        head.has_focus() && heads(&page)[1..3] == ["About", "Customer"]
    });
    let shown = heads(&page);
    page.reload();
    screen::wait_loaded(&page);
    page.wait_until("the columns are as they were left", || heads(&page) == shown);

    page.by_role("button", "Table").click();
    page.by_role("button", "As it was at first").click();
    page.wait_until("the usual columns are back", || heads(&page)[1..3] == ["Customer", "About"]);
    assert_eq!(page.eval("localStorage.getItem('calldeck.table')"), Value::Null);
}

/// The middle of a column's head, or its edge.
fn head_at(page: &Page, name: &str, edge: bool) -> (f64, f64) {
    let at = page.eval(&format!(
        "(() => {{
            const heads = [...document.querySelectorAll('.call-list__head')];
            const head = heads.find(head => head.innerText.trim() === '{name}');
            const {{ left, right, top, bottom }} = head.getBoundingClientRect();
            return [{edge} ? right - 1 : (left + right) / 2, (top + bottom) / 2];
        }})()"
    ));
    (at[0].as_f64().expect("across"), at[1].as_f64().expect("down"))
}

fn mouse(page: &Page, kind: &str, (x, y): (f64, f64), buttons: u8) {
    let event = json!({
        "type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1,
    });
    page.send("Input.dispatchMouseEvent", event);
}

fn pull(page: &Page, from: (f64, f64), to: (f64, f64)) {
    mouse(page, "mousePressed", from, 1);
    for part in [0.25, 0.5, 0.75, 1.0] {
        let at = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
        mouse(page, "mouseMoved", at, 1);
    }
    mouse(page, "mouseReleased", to, 0);
}

/// Takes something in hand, carries it elsewhere and lets it go there.
fn carry(page: &Page, from: (f64, f64), to: (f64, f64)) {
    page.send("Input.setInterceptDrags", json!({ "enabled": true }));
    mouse(page, "mousePressed", from, 1);
    for step in [4.0, 8.0, 12.0] {
        mouse(page, "mouseMoved", (from.0 + step, from.1), 1);
    }
    let hand = json!([{ "mimeType": "text/plain", "data": "a column" }]);
    let data = json!({ "items": hand, "dragOperationsMask": 16 });
    for kind in ["dragEnter", "dragOver", "drop"] {
        let event = json!({ "type": kind, "x": to.0, "y": to.1, "data": data });
        page.send("Input.dispatchDragEvent", event);
        if kind == "dragOver" {
            page.wait_until("the head says where it would go", || {
                page.eval("document.querySelector('[data-onto]') === null") == false
            });
        }
    }
    mouse(page, "mouseReleased", to, 0);
    page.send("Input.setInterceptDrags", json!({ "enabled": false }));
}

#[test]
fn a_column_is_made_wider_and_put_elsewhere_by_dragging() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    let before = width(&page, "Customer");
    let edge = head_at(&page, "Customer", true);
    pull(&page, edge, (edge.0 + 60.0, edge.1));
    page.wait_until("the column is wider", || width(&page, "Customer") >= before + 59.0);
    assert_eq!(heads(&page)[1..3], ["Customer", "About"], "a pulled edge moves no column");
    carry(&page, head_at(&page, "Customer", false), head_at(&page, "Agent", false));
    page.wait_until("the column is where it was dropped", || {
        heads(&page)[1..4] == ["About", "Agent", "Customer"]
    });
    carry(&page, head_at(&page, "Customer", false), head_at(&page, "Time", false));
    page.wait_until("and back", || heads(&page)[..2] == ["Customer", "Time"]);
    assert_eq!(page.eval("document.querySelector('[data-onto]') === null"), true, "no mark stays");
}

#[test]
fn a_printed_list_has_every_call_and_is_as_it_was_afterwards() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    scroll(&page, 1_500);
    page.wait_until("one has scrolled", || numbers(&page).contains(&40));
    let before = page.eval(TOP);
    page.eval(
        "void addEventListener('beforeprint', () => {
            const rows = document.querySelectorAll('.call-row:not([hidden])').length;
            const all = Number(document.querySelector('[role=grid]').ariaRowCount) - 1;
            window.printed = [rows === all, all > 60];
        })",
    );
    page.send("Page.printToPDF", json!({}));
    assert_eq!(page.eval("window.printed"), json!([true, true]), "every call is on the paper");
    page.wait_until("the same row is where it was", || page.eval(TOP) == before);
}

#[test]
fn in_pages_every_row_is_there_and_the_last_one_is_reached() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?period=30d"));
    screen::turn_into_pages(&page);
    let pager = page.by_role("navigation", "Pages");
    let expected: Vec<usize> = (1..=51).collect();
    page.wait_until("the first fifty are there, in order", || numbers(&page) == expected);
    while pager.by_role("button", "Next page").attribute("disabled").is_none() {
        let said = pager.text();
        pager.by_role("button", "Next page").click();
        page.wait_until("another page is said", || pager.text() != said);
    }
    page.wait_until("the last row is there", || numbers(&page).last() == Some(&(count(&page) + 1)));
    screen::assert_good_at(&page, "pages", 1440);
    calls(&page).first().focus();
    page.press("Control+Home");
    page.wait_until("the first row is on the first page", || focus(&page) == (2, 1));
}

#[test]
fn loading_again_keeps_the_place_the_focus_and_the_open_call() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    scroll(&page, 1_500);
    page.wait_until("one has scrolled", || numbers(&page).contains(&40));
    page.eval("void document.querySelector('.call-row:not([hidden]) .call-row__box').click()");
    page.by_role("status", any()).with_text("1 call selected").wait();
    // None of the demo's calls that fail: those let nobody read their provider for a while.
    let usual = page.eval(USUAL);
    let row = page.by_role("link", usual.as_str().expect("a call")).first();
    row.focus();
    row.press("Enter");
    let heading = page.by_role("complementary", "Open call").by_role("heading", any()).first();
    page.wait_until("the call is open", || heading.has_focus());
    let (top, said) = (page.eval(TOP), heading.text());
    page.by_role("button", "Load again").click();
    screen::wait_loaded(&page);
    page.wait_until("the same row is where it was", || page.eval(TOP) == top);
    assert_eq!(heading.text(), said);
    page.by_role("status", any()).with_text("1 call selected").wait();
}

#[test]
fn single_keys_do_nothing_while_one_types_or_has_switched_them_off() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    let search = page.by_role("searchbox", containing("Search"));
    search.focus();
    page.type_text("?/");
    assert_eq!(search.value(), "?/");
    let dialog = page.by_role("dialog", "Keyboard shortcuts");
    assert_eq!(dialog.count(), 0);
    search.fill("");
    page.wait_until("the list is back", || count(&page) > 0);

    calls(&page).first().focus();
    page.press("?");
    dialog.wait();
    page.press("Escape");
    dialog.wait_gone();
    page.wait_until("the focus is back", || calls(&page).first().has_focus());

    page.by_role("button", "Table").click();
    page.by_role("checkbox", "Keyboard shortcuts").click();
    page.press("Escape");
    page.press("?");
    page.press("/");
    assert_eq!(dialog.count(), 0);
    assert!(!search.has_focus());
}

/// Row and column of the cell that has the focus, counted from 1 as a screen reader says them.
fn focus(page: &Page) -> (usize, usize) {
    let cell = page.eval(
        "[['[role=row]', 'aria-rowindex'], ['[aria-colindex]', 'aria-colindex']]
            .map(([part, number]) =>
                Number(document.activeElement.closest(part)?.getAttribute(number) ?? 0))",
    );
    let part = |nth: usize| usize::try_from(cell[nth].as_u64().unwrap_or(0)).unwrap_or(0);
    (part(0), part(1))
}

fn numbers(page: &Page) -> Vec<usize> {
    serde_json::from_value(page.eval(NUMBERS)).expect("numbers of rows")
}

/// Scrolls the table with the mouse, as far as it goes.
fn scroll(page: &Page, to_px: u32) {
    page.eval(&format!(
        "document.querySelector('[role=grid]').parentElement.scrollTo({{ top: {to_px} }})"
    ));
}

fn heads(page: &Page) -> Vec<String> {
    let heads = table(page).by_role("columnheader", any());
    heads.names().into_iter().skip(1).collect()
}

fn width(page: &Page, name: &str) -> f64 {
    let head = table(page).by_role("columnheader", name);
    head.eval("function () { return this.offsetWidth }").as_f64().expect("a width")
}
