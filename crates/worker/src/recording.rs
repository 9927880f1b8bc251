//! Reads a recording for the page, and tells what it hears while it does.

use js_sys::{Reflect, WebAssembly};
use sound::message::{Answer, Done, Given, Order, Trouble};
use sound::{Made, Make, Survey, Unreadable};
use wasm_bindgen::JsCast;
use web_sys::{Blob, DedicatedWorkerGlobalScope};

use crate::parts::Parts;
use crate::ranges::{Ranges, Reached, kept, whole_was_read};
use crate::tell;

/// A recording of more bytes is not kept as it is: the browser's own player asks for what it needs.
const KEEP: u64 = 64 * 1024 * 1024;

/// What is made of one may have so many bytes: two hours of 16 bits, 8 kHz and two channels.
const MADE: u64 = 256 * 1024 * 1024;

/// Reads it to its end. The page ends the worker if it wants no more.
pub(crate) fn read(page: &DedicatedWorkerGlobalScope, order: Order) {
    let answer = if order.build == sound::BUILD {
        walk(page, order).unwrap_or_else(Answer::Failed)
    } else {
        Answer::Failed(Trouble::OtherBuild)
    };
    tell(page, &answer.write());
}

fn walk(page: &DedicatedWorkerGlobalScope, order: Order) -> Result<Answer, Trouble> {
    let make = if order.wav { Make::Wav } else { Make::Exact };
    let source = Ranges::of(order.url, KEEP);
    let reached = source.reached();
    let survey = Survey::open(source, make);
    if order.most_bytes > 0 && reached.length() > order.most_bytes {
        return Ok(Answer::Large { bytes: reached.length() });
    }
    let mut survey = survey.map_err(trouble)?;
    let mut made = Parts::up_to(MADE);
    let mut told = 0;
    while survey.step(&mut |bytes| made.add(bytes)).map_err(trouble)? {
        if reached.bytes() > told {
            told = reached.bytes();
            tell(page, &outline(&survey, &reached).write());
        }
    }
    tell(page, &outline(&survey, &reached).write());
    if survey.outline().stretches() == 0 {
        return Err(Trouble::Empty);
    }
    let (file, given) = file(survey.made(), made, &reached);
    if let Some(file) = file {
        let _nobody_hears = page.post_message(&file);
    }
    let (secs, cut_off) = (survey.secs(), survey.is_cut_off());
    Ok(Answer::Done(Done { secs, cut_off, file: given, memory_bytes: memory_bytes() }))
}

fn file(made: Option<Made>, parts: Parts, reached: &Reached) -> (Option<Blob>, Given) {
    let (file, given) = match made {
        Some(Made { head, kind }) => (parts.file(&head, kind), Given::Made),
        None if whole_was_read(reached) => (kept(), Given::Same),
        None => (None, Given::Nothing),
    };
    let given = if file.is_some() { given } else { Given::Nothing };
    (file, given)
}

fn outline(survey: &Survey, reached: &Reached) -> Answer {
    let (outline, form) = (survey.outline(), survey.form());
    #[allow(clippy::cast_precision_loss, reason = "bytes and frames stay far below 2^53")]
    let (read, all, frames) =
        (reached.bytes() as f64, reached.length().max(1) as f64, form.frames.map(|it| it as f64));
    Answer::Outline {
        share: (read / all).min(1.0),
        secs: frames.map(|frames| frames / f64::from(form.rate)),
        outline,
    }
}

fn trouble(why: Unreadable) -> Trouble {
    match why {
        Unreadable::Unknown => Trouble::Form,
        Unreadable::Bytes(_) => Trouble::Bytes,
    }
}

/// All memory that this program has; it never gives any back.
fn memory_bytes() -> u64 {
    let memory = wasm_bindgen::memory().unchecked_into::<WebAssembly::Memory>();
    let length = Reflect::get(&memory.buffer(), &"byteLength".into()).ok();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of bytes")]
    let bytes = length.and_then(|length| length.as_f64()).unwrap_or(0.0) as u64;
    bytes
}
