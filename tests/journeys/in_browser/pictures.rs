//! A team lead goes from pictures to the calls behind them, picks ranges out of them, leaves groups
//! out, compares two values, and takes pictures along.

use serde_json::{Value, json};

use crate::driver::{Browser, Locator, Look, Page, any, containing};
use crate::screen::{self, count, figure, number, working_day};
use crate::stage::Stage;

/// The picture of calls over time, by the id of its first bar.
const OVER_TIME: &str = "over-time";

struct Bar {
    name: String,
    calls: usize,
}

/// The bars of a picture that count calls.
fn bars(page: &Page, picture: &str) -> Vec<Bar> {
    let bars = page.by_role("group", picture).by_role("link", any());
    let bar = |name: String| {
        let calls = name.rsplit(": ").next().and_then(|rest| rest.split(' ').next());
        let calls = if name.contains(", success ") {
            name.split(": ").nth(1).and_then(|rest| rest.split(' ').next())
        } else {
            calls
        };
        Bar { calls: number(calls.expect("a bar that says how many calls it stands for")), name }
    };
    bars.names().into_iter().map(bar).collect()
}

#[track_caller]
fn open(page: &Page, stage: &Stage, fragment: &str) {
    screen::open_loaded(page, &stage.at(fragment));
    page.by_role("heading", "Statistics").wait();
}

/// Where something is on screen, once it is in sight: left, top, width, height.
#[track_caller]
fn place(page: &Page, element: &str) -> [f64; 4] {
    let script = format!(
        "(() => {{ const it = {element}; it.scrollIntoView({{ block: 'center' }}); \
         const at = it.getBoundingClientRect(); return [at.x, at.y, at.width, at.height] }})()"
    );
    let found = page.eval(&script);
    let at = |nth: usize| found[nth].as_f64().expect("a place");
    [at(0), at(1), at(2), at(3)]
}

#[track_caller]
fn mouse(page: &Page, kind: &str, (x, y): (f64, f64), buttons: u8) {
    let event: Value = json!({ "type": kind, "x": x, "y": y, "button": "left",
                               "buttons": buttons, "clickCount": 1 });
    page.send("Input.dispatchMouseEvent", event);
}

#[track_caller]
fn drag(page: &Page, from: (f64, f64), to: (f64, f64)) {
    mouse(page, "mousePressed", from, 1);
    for step in 1..=6 {
        let share = f64::from(step) / 6.0;
        let at = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
        mouse(page, "mouseMoved", at, 1);
    }
    mouse(page, "mouseReleased", to, 0);
}

/// The middles of some bars of a picture.
#[track_caller]
fn middles(page: &Page, id: &str, of: usize, chosen: [usize; 2]) -> [(f64, f64); 2] {
    let [x, y, width, height] =
        place(page, &format!("document.getElementById('{id}-0').closest('svg')"));
    #[allow(clippy::cast_precision_loss, reason = "bars are few")]
    chosen.map(|bar| (x + (bar as f64 + 0.5) / of as f64 * width, y + height / 2.0))
}

#[test]
fn an_hour_leads_to_exactly_its_calls() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    let day = working_day(2).iso();
    open(&page, &stage, &format!("#?view=statistics&from={day}&to={day}"));
    let hours = bars(&page, "Calls per hour");
    assert_eq!(hours.len(), 24);
    let fullest = hours.into_iter().max_by_key(|hour| hour.calls).expect("hours");
    assert!(fullest.calls > 1, "{}", fullest.name);
    let all = number(&figure(&page, "Calls"));
    assert!(fullest.calls < all);
    page.by_role("link", fullest.name.as_str()).press("Enter");
    page.wait_until("the list has the calls of that hour", || count(&page) == fullest.calls);
    screen::wait_loaded(&page);
    assert_eq!(count(&page), fullest.calls);
    assert!(page.url().contains(&format!("from={day}T")), "{}", page.url());
    // The button says the hour, the menu when it ends and in which zone.
    page.by_role("button", containing("2026, ")).click();
    page.see("until just before");
}

#[test]
fn a_class_of_durations_a_row_of_a_ranking_and_a_piece_of_a_bar_lead_to_their_calls() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    open(&page, &stage, "#?view=statistics&split=status");
    let lengths = bars(&page, "How long answered calls lasted");
    let fullest = lengths.into_iter().max_by_key(|class| class.calls).expect("classes");
    page.by_role("link", fullest.name.as_str()).click();
    page.wait_until("the list has the calls of that class", || count(&page) == fullest.calls);
    page.back();

    let ranks = page.by_role("group", "By Agent");
    let row = ranks.by_role("row", any()).nth(2);
    let calls = number(&row.by_role("cell", any()).first().text());
    row.by_role("link", any()).click();
    page.wait_until("the list has the calls of that agent", || count(&page) == calls);
    page.back();

    page.by_role("group", "Calls per day").by_role("link", any()).first().wait();
    let largest = "[...document.querySelectorAll('rect[data-part=series-1]')].sort((a, b) => \
                   b.height.baseVal.value - a.height.baseVal.value)[0]";
    let title = page.eval(&format!("{largest}.closest('a').querySelector('title').textContent"));
    let title = title.as_str().expect("a piece with a title").to_owned();
    let said = title.rsplit(": ").next().and_then(|rest| rest.split(' ').next());
    let calls = number(said.expect("how many calls"));
    let [x, y, width, height] = place(&page, largest);
    let middle = (x + width / 2.0, y + height / 2.0);
    mouse(&page, "mouseMoved", middle, 0);
    mouse(&page, "mousePressed", middle, 1);
    mouse(&page, "mouseReleased", middle, 0);
    page.wait_until(&format!("the list has what “{title}” says"), || count(&page) == calls);
}

#[test]
fn a_range_is_picked_by_dragging_and_by_keys() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    open(&page, &stage, "#?view=statistics");
    let days = bars(&page, "Calls per day");
    assert_eq!(days.len(), 7);
    let wanted: usize = days[2..=4].iter().map(|day| day.calls).sum();
    let [from, to] = middles(&page, OVER_TIME, 7, [4, 2]);
    drag(&page, from, to);
    page.wait_until("three days are counted", || number(&figure(&page, "Calls")) == wanted);
    assert_eq!(bars(&page, "Calls per day").len(), 3);
    assert!(page.by_role("heading", "Statistics").count() == 1, "a drag is no click");

    page.back();
    page.wait_until("all days are back", || bars(&page, "Calls per day").len() == 7);
    let links = page.by_role("group", "Calls per day").by_role("link", any());
    links.nth(5).focus();
    page.press("Shift+ArrowRight");
    let two: usize = days[5..].iter().map(|day| day.calls).sum();
    page.see(&format!("{} calls", two));
    page.press("Enter");
    page.wait_until("two days are counted", || number(&figure(&page, "Calls")) == two);
    page.back();

    page.wait_until("all days are back", || bars(&page, "Calls per day").len() == 7);
    let classes = bars(&page, "How long answered calls lasted");
    let wanted: usize = classes[2..=3].iter().map(|class| class.calls).sum();
    let [from, to] = middles(&page, "lengths", classes.len(), [2, 3]);
    drag(&page, from, to);
    page.wait_until("two classes are counted", || number(&figure(&page, "Calls")) == wanted);
    assert!(page.url().contains("duration=20001..45000"), "{}", page.url());
}

#[track_caller]
fn touch(page: &Page, kind: &str, at: Option<(f64, f64)>) {
    let points: Vec<Value> = at.into_iter().map(|(x, y)| json!({ "x": x, "y": y })).collect();
    page.send("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points }));
}

/// Moves a finger over the screen.
#[track_caller]
fn swipe(page: &Page, from: (f64, f64), to: (f64, f64)) {
    touch(page, "touchStart", Some(from));
    for step in 1..=8 {
        let share = f64::from(step) / 8.0;
        let at = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
        touch(page, "touchMove", Some(at));
    }
    touch(page, "touchEnd", None);
}

#[test]
fn a_range_is_picked_with_a_finger_which_scrolls_the_page_when_it_goes_up_and_down() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::wide(390));
    let touches = json!({ "enabled": true, "maxTouchPoints": 1 });
    page.send("Emulation.setTouchEmulationEnabled", touches);
    open(&page, &stage, "#?view=statistics");
    let days = bars(&page, "Calls per day");
    assert_eq!(days.len(), 7);
    let wanted: usize = days[2..=4].iter().map(|day| day.calls).sum();
    let all = number(&figure(&page, "Calls"));

    let [middle, _] = middles(&page, OVER_TIME, 7, [3, 3]);
    let top = || {
        let at = page
            .eval(&format!("document.getElementById('{OVER_TIME}-0').getBoundingClientRect().top"));
        at.as_f64().expect("a place")
    };
    let before = top();
    swipe(&page, middle, (middle.0 + 3.0, middle.1 - 120.0));
    page.wait_until("the page was scrolled", || top() < before - 40.0);
    assert_eq!(number(&figure(&page, "Calls")), all, "nothing was picked");

    let [from, to] = middles(&page, OVER_TIME, 7, [4, 2]);
    swipe(&page, from, to);
    page.wait_until("three days are counted", || number(&figure(&page, "Calls")) == wanted);
    assert!(page.by_role("heading", "Statistics").count() == 1, "a drag is no tap");

    // A tap on a bar is a tap.
    let three = bars(&page, "Calls per day");
    assert_eq!(three.len(), 3);
    let [x, y, width, height] =
        place(&page, &format!("document.getElementById('{OVER_TIME}-1').closest('.chart__bar')"));
    let at = (x + width / 2.0, y + height / 20.0);
    touch(&page, "touchStart", Some(at));
    touch(&page, "touchEnd", None);
    page.by_role("heading", "Calls").wait();
    page.wait_until("the list has the calls of that day", || count(&page) == three[1].calls);
}

#[test]
fn a_group_that_is_switched_off_is_left_out_everywhere_and_named() {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let page = browser.page(Look::default());
    open(&page, &stage, "#?view=statistics&period=30d");
    let all = number(&figure(&page, "Calls"));
    let switch: Locator<'_> = page.by_role("switch", containing("Voicemail"));
    let voicemails = number(switch.text().trim_start_matches("Voicemail").trim());
    assert!(voicemails > 1, "30 days of the demo reach {voicemails} voicemails");
    switch.click();
    let left = all - voicemails;
    page.wait_until("they are not counted", || number(&figure(&page, "Calls")) == left);
    page.see(&format!("Without {voicemails} voicemail calls."));
    assert_eq!(switch.attribute("aria-checked").as_deref(), Some("false"));
    assert!(page.url().contains("voicemail=no"), "{}", page.url());
    page.by_role("link", "Calls").click();
    page.wait_until("nor are they listed", || count(&page) == left);
}

#[test]
fn a_picture_is_saved_as_pixels_as_a_drawing_and_as_its_numbers() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    let files = page.save_files();
    open(&page, &stage, "#?view=statistics&direction=inbound");
    let all = number(&figure(&page, "Calls"));
    let card = page.by_role("region", containing("Calls per day by success"));
    let save = |kind: &str| {
        if card.by_role("button", kind).count() == 0 {
            card.by_role("button", "Save").click();
        }
        card.by_role("button", kind).click();
        files.take(&page)
    };
    let (name, drawing) = save("Drawing (SVG)");
    assert!(name.starts_with("calldeck-calls-") && name.ends_with(".svg"), "{name}");
    let drawing = String::from_utf8(drawing).expect("text");
    for said in ["<title>Calls per day by success</title>", "Direction: Inbound", "Not stated"] {
        assert!(drawing.contains(said), "{said}: {drawing}");
    }
    assert!(!drawing.contains("var(") && drawing.contains("fill=\"#"), "{drawing}");
    assert!(drawing.contains(&format!("{all} calls")), "{drawing}");

    let (name, pixels) = save("Picture (PNG)");
    assert!(name.ends_with(".png") && pixels.starts_with(b"\x89PNG\r\n\x1a\n"), "{name}");
    assert_eq!(pixels[16..20], 1920_u32.to_be_bytes(), "twice as wide as the drawing");

    let (name, table) = save("Table (CSV)");
    assert!(name.ends_with(".csv"), "{name}");
    let table = String::from_utf8(table).expect("text");
    let rows = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes())
        .into_records()
        .collect::<Result<Vec<_>, _>>()
        .expect("a table");
    let counted: usize = rows.iter().map(|row| row[1].parse::<usize>().expect("a number")).sum();
    assert_eq!((rows.len(), counted), (7, all));
}

#[test]
fn two_values_are_compared_with_what_chance_has_to_do_with_it() {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let page = browser.page(Look::default());
    open(&page, &stage, "#?view=statistics&by=version&period=30d");
    page.by_role("combobox", "First").choose("1");
    page.by_role("combobox", "Second").choose("2");
    let compared = page.by_role("group", "Compare two of them");
    compared.wait();
    let row = |name: &str| compared.by_role("row", any()).with_text(name).text();
    assert!(row("Success rate").contains("noise"), "{}", row("Success rate"));
    assert!(page.url().contains("pair=1&pair=2"), "{}", page.url());
    // The calls of both are those that their rows in the ranking have.
    let cells = |row: &Locator<'_>| {
        let cell = |nth: usize| row.by_role("cell", any()).nth(nth).text();
        [cell(0), cell(1)].map(|text| text.split_whitespace().next().unwrap_or_default().to_owned())
    };
    let [first, second] = cells(&compared.by_role("row", any()).nth(1));
    let ranks = page.by_role("group", "By Agent version");
    let ranked = |value: &str| {
        let links = ranks.by_role("row", any());
        (1..links.count())
            .map(|nth| links.nth(nth))
            .find(|row| row.by_role("link", value).count() == 1)
            .map(|row| cells(&row)[0].clone())
    };
    assert_eq!([ranked("1"), ranked("2")], [Some(first), Some(second)]);

    // Members of staff are compared only by whoever switches that on.
    page.by_role("combobox", "Compare by").wait();
    let offered = "[...document.querySelectorAll('select')].flatMap(it => [...it.options])\
                   .some(it => it.label === 'Assigned to')";
    assert_eq!(page.eval(offered), false);
    page.by_role("checkbox", containing("members of staff")).click();
    page.wait_until("it is offered", || page.eval(offered) == true);
}
