//! Texts that attack or break whoever shows them. None of them is spoken.

use std::borrow::Cow;

use crate::agent::Provider;
use crate::call::{Audio, Channel, Written};
use crate::draft::{Caller, Content, Draft};
use crate::oddity::{Bench, office};
use crate::script::Speaker;
use crate::sentinel;

const IMAGE: &str = "<img src=x onerror=\"document.title='hacked'\">";
const SCRIPT: &str = "<script>document.title='hacked'</script>";
const FORMULA: &str = "=cmd|'/c calc'!A1";
const OVERRIDE: &str = "\u{202e}gpj.exe\u{202c} \u{2066}reversed\u{2069}";
const BRACES: &str = "{{constructor.constructor('return this')()}} ${7*7} %s %n";

/// One call of a provider whose every text attacks.
pub(crate) fn draft(bench: &mut Bench, provider: Provider) -> Draft {
    let (id, days_ago) = match provider {
        Provider::TalkPilot => (sentinel::HOSTILE_TALKPILOT, 1),
        Provider::Truedy => (sentinel::HOSTILE_TRUEDY, 2),
        Provider::AgentVoice => (sentinel::HOSTILE_AGENTVOICE, 3),
        Provider::Atoms => (sentinel::HOSTILE_ATOMS, 4),
    };
    let mut draft = bench.draft(provider, 0, office(bench.now_ms, days_ago, 333));
    draft.id = Some(id);
    draft.channel = Channel::Inbound;
    draft.caller = Caller::Named(250, IMAGE, FORMULA);
    draft.content = Content::Written(turns());
    draft.audio = Audio::None;
    draft.title = Some(format!("{SCRIPT} {OVERRIDE} {BRACES}").into());
    draft.note = Some(format!("{IMAGE}\u{0}\n-- \"; DROP TABLE calls; {FORMULA}").into());
    draft
}

fn turns() -> Vec<Written> {
    let agent = |text: Cow<'static, str>| (Speaker::Agent, text);
    let customer = |text: Cow<'static, str>| (Speaker::Customer, text);
    vec![
        agent("Hello, how can I help you?".into()),
        customer(IMAGE.into()),
        agent(SCRIPT.into()),
        customer(OVERRIDE.into()),
        agent(
            format!(
                "A word of 500 letters: {}",
                "Donaudampfschiff".repeat(32).get(..500).unwrap_or("")
            )
            .into(),
        ),
        customer("👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 ❤️ é (two code points) ﷽ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘".into()),
        agent(BRACES.into()),
        customer(
            "[click](javascript:alert(1)) **bold** `code` &lt;b&gt; &amp;amp; </div></body>".into(),
        ),
        agent(format!("{FORMULA} +1+1 @SUM(A1) -2\t\"quoted\";comma,").into()),
        customer("مرحبا hello שלום 123 456 ‏".into()),
        agent("".into()),
        customer("A line\nand another\r\nand a third".into()),
    ]
}
