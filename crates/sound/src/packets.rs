//! Recordings that are a row of packets, each of which decodes to some samples: MP3.

use std::io;

use symphonia::core::codecs::audio::AudioDecoder;
use symphonia::core::errors::Error;
use symphonia::core::formats::FormatReader;
use symphonia::core::packet::Packet;

use crate::reading::{Next, Piece, Unreadable, bytes_failed};

/// Packets that are being read.
pub(crate) struct Packets {
    format: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    channels: usize,
    samples: Vec<i16>,
}

impl Packets {
    pub(crate) fn new(
        format: Box<dyn FormatReader>,
        decoder: Box<dyn AudioDecoder>,
        channels: usize,
    ) -> Self {
        Self { format, decoder, channels, samples: Vec::new() }
    }

    pub(crate) fn next(&mut self, take: &mut dyn FnMut(Piece<'_>)) -> Result<Next, Unreadable> {
        let packet = match self.format.next_packet() {
            Ok(Some(packet)) => packet,
            Ok(None) => return Ok(Next::End),
            Err(Error::IoError(why)) if why.kind() != io::ErrorKind::UnexpectedEof => {
                return Err(bytes_failed(&why));
            }
            Err(_) => return Ok(Next::CutOff),
        };
        self.decode(&packet);
        take(Piece::Samples(&self.samples, &packet.data));
        Ok(Next::Piece)
    }

    fn decode(&mut self, packet: &Packet) {
        self.samples.clear();
        match self.decoder.decode(packet) {
            Ok(decoded) if decoded.spec().channels().count() == self.channels => {
                decoded.copy_to_vec_interleaved(&mut self.samples);
            }
            // What cannot be decoded takes its time in silence: the rest stays in its place.
            _ => {
                let frames = usize::try_from(packet.dur.get()).unwrap_or(0).min(1 << 16);
                self.samples.resize(frames * self.channels, 0);
            }
        }
    }
}
