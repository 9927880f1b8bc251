//! Starts the app: reads the settings beside the page, chooses the language, mounts.

use calls::words::{LANGUAGES, Words};
use dashboard::app::App;
use dashboard::browser::intl::Intl;
use dashboard::browser::{self, address, document, wire::Wire};
use dashboard::components::theme_switch::kept_theme;
use dashboard::fragment;
use dashboard::locale::{self, Locale};
use dashboard::settings::{Settings, SettingsProblem};
use dashboard::ui::message::{Message, Tone};
use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    let _theme = kept_theme();
    browser::start(async {
        let (settings, locale) = futures_util::join!(settings(), locale());
        document::remove("boot");
        match settings {
            Ok(settings) => mount_to_body(move || view! { <App settings=settings locale=locale/> }),
            Err(problem) => mount_to_body(move || problem_page(&problem, locale)),
        }
    });
}

/// The best language there is for the reader: `lang` in the address, else the browser's own.
/// English is built in; another one that cannot be fetched is English too.
async fn locale() -> Locale {
    let asked = fragment::parse(&address::query()).first("lang").map(str::to_owned);
    let wished = asked.into_iter().chain(document::languages());
    let tag = locale::best_language(wished, &LANGUAGES);
    let language = tag.split('-').next().unwrap_or_default().to_owned();
    let words = match language.as_str() {
        "en" => Some(Words::english()),
        _ => translated(&language).await,
    };
    let tag = if words.is_some() { tag } else { "en".to_owned() };
    document::set_root_attribute("lang", Some(&tag));
    Locale::new(words.unwrap_or_default(), Intl::of(&tag))
}

async fn translated(language: &str) -> Option<Words> {
    let text = Wire::default().get_text(&format!("locales/{language}.json")).await.ok()?;
    let texts: serde_json::Value = serde_json::from_str(&text).ok()?;
    Some(Words::translated(|key| {
        let (name, form) = key.split_once('.').unwrap_or((key, "other"));
        let text = texts.get(name)?;
        let formed = text.get(form).or_else(|| text.get("other")).unwrap_or(text);
        formed.as_str().map(str::to_owned)
    }))
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
    view! {
        <main class="problem-page">
            <h1 class="calls-page__heading">{words.app_name()}</h1>
            <Message tone=Tone::Bad happened=happened detail=detail/>
        </main>
    }
}
