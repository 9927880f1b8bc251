//! Starts the app: reads the settings beside the page, chooses the language, mounts.

use calls::words::Words;
use dashboard::app::App;
use dashboard::browser::intl::Intl;
use dashboard::browser::{self, document, wire::Wire};
use dashboard::components::theme_switch::kept_theme;
use dashboard::locale::Locale;
use dashboard::settings::{Settings, SettingsProblem};
use dashboard::ui::message::{Message, MessageProps, Tone};
use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    let _theme = kept_theme();
    browser::start(async {
        let locale = locale();
        let settings = settings().await;
        document::remove("boot");
        match settings {
            Ok(settings) => mount_to_body(move || view! { <App settings=settings locale=locale/> }),
            Err(problem) => mount_to_body(move || problem_page(&problem, locale)),
        }
    });
}

/// English words; numbers and dates as the reader's own kind of English has them.
fn locale() -> Locale {
    let languages = document::languages();
    let english = languages.into_iter().find(|language| language.starts_with("en"));
    let language = english.unwrap_or_else(|| "en".into());
    document::set_root_attribute("lang", Some(&language));
    Locale::new(Words::english(), Intl::of(&language))
}

/// `config.json` beside the page. One that is missing says nothing.
async fn settings() -> Result<Settings, SettingsProblem> {
    match Wire::default().get_text("config.json").await {
        Ok(text) => Settings::parse(&text),
        Err(_) => Ok(Settings::default()),
    }
}

fn problem_page(problem: &SettingsProblem, locale: Locale) -> impl IntoView + use<> {
    let words = locale.words;
    let (happened, detail) = match problem {
        SettingsProblem::Unreadable(why) => (words.settings_unreadable(), Some(why.clone())),
        SettingsProblem::Proxy(proxy) => (words.settings_proxy(proxy), None),
    };
    Message(MessageProps::builder().tone(Tone::Bad).happened(happened).detail(detail).build())
}
