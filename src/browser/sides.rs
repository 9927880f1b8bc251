//! Hearing one side of a recording. Only who asks for it goes through Web Audio: the element plays
//! by itself otherwise.

use leptos::html::Audio;
use leptos::prelude::NodeRef;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, ChannelSplitterNode, MediaElementAudioSourceNode};

use crate::browser::audio::element;

/// The way of an element's sound to the ears.
pub struct Sides {
    context: AudioContext,
    sound: MediaElementAudioSourceNode,
    /// Has each of its channels at an output of its own.
    channels: ChannelSplitterNode,
}

impl Sides {
    /// Leads an element's sound through here, for as long as the element lives; it is heard once
    /// [`Self::hear`] says what of it. `None` where the browser refuses.
    #[must_use]
    pub fn of(audio: NodeRef<Audio>) -> Option<Self> {
        Self::lead(audio).ok().flatten()
    }

    fn lead(audio: NodeRef<Audio>) -> Result<Option<Self>, JsValue> {
        let Some(audio) = element(audio) else { return Ok(None) };
        let context = AudioContext::new()?;
        let sound = context.create_media_element_source(&audio)?;
        let channels = context.create_channel_splitter_with_number_of_outputs(2)?;
        Ok(Some(Self { context, sound, channels }))
    }

    /// Lets through the sound as it is (`None`), or one of its channels, which is then heard with
    /// both ears.
    pub fn hear(&self, only: Option<u32>) {
        drop(self.connect(only));
        // A context that was made without a click sleeps.
        drop(self.context.resume());
    }

    /// Whatever has a single channel goes to both ears, be it one of two or a recording that has no
    /// other. Behind what takes channels apart, such a recording would be heard on the left alone.
    fn connect(&self, only: Option<u32>) -> Result<(), JsValue> {
        let ears = self.context.destination();
        self.sound.disconnect()?;
        self.channels.disconnect()?;
        let Some(channel) = only else {
            return self.sound.connect_with_audio_node(&ears).map(drop);
        };
        self.sound.connect_with_audio_node(&self.channels)?;
        self.channels.connect_with_audio_node_and_output(&ears, channel).map(drop)
    }
}

impl Drop for Sides {
    fn drop(&mut self) {
        drop(self.context.close());
    }
}
