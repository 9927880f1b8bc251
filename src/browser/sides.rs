//! Hearing one side of a recording. Only who asks for it goes through Web Audio: the element plays
//! by itself otherwise.

use leptos::html::Audio;
use leptos::prelude::NodeRef;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, GainNode};

use crate::browser::audio::element;

/// The way of an element's sound to the ears, with a gain on each of its four crossings.
pub struct Sides {
    context: AudioContext,
    /// From left to left, left to right, right to left, right to right.
    gains: [GainNode; 4],
}

impl Sides {
    /// Leads an element's sound through here, for as long as the element lives. `None` where the
    /// browser refuses.
    #[must_use]
    pub fn of(audio: NodeRef<Audio>) -> Option<Self> {
        Self::lead(audio).ok().flatten()
    }

    fn lead(audio: NodeRef<Audio>) -> Result<Option<Self>, JsValue> {
        let Some(audio) = element(audio) else { return Ok(None) };
        let context = AudioContext::new()?;
        let source = context.create_media_element_source(&audio)?;
        let splitter = context.create_channel_splitter_with_number_of_outputs(2)?;
        let merger = context.create_channel_merger_with_number_of_inputs(2)?;
        source.connect_with_audio_node(&splitter)?;
        merger.connect_with_audio_node(&context.destination())?;
        let mut gains = Vec::new();
        for crossing in 0..4 {
            let gain = context.create_gain()?;
            splitter.connect_with_audio_node_and_output(&gain, crossing / 2)?;
            gain.connect_with_audio_node_and_output_and_input(&merger, 0, crossing % 2)?;
            gains.push(gain);
        }
        Ok(gains.try_into().ok().map(|gains| Self { context, gains }))
    }

    /// Lets through both sides (`None`), or one of the channels, which is then heard with both
    /// ears.
    pub fn hear(&self, only: Option<usize>) {
        for (crossing, gain) in self.gains.iter().enumerate() {
            let (from, to) = (crossing / 2, crossing % 2);
            let open = only.map_or(from == to, |only| from == only);
            gain.gain().set_value(if open { 1.0 } else { 0.0 });
        }
        // A context that was made without a click sleeps.
        drop(self.context.resume());
    }
}

impl Drop for Sides {
    fn drop(&mut self) {
        drop(self.context.close());
    }
}
