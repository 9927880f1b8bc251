// G12: the outline of a recording.
import { OURS, contest } from './contest.js';

const MINUTES = 10;
/** Each second has a loudness of its own, which is told from others in its middle. */
const LEVELS = 16;
const BARS = MINUTES * 60 * 4;

/** What wavesurfer.js does (8.0, `decodeAudioData` at its usual rate), and the maxima that it draws. */
const wavesurfer = {
  name: 'wavesurfer.js (decodeAudioData at 8 kHz)',
  async bars(file) {
    const decoded = await new OfflineAudioContext(1, 1, 8000).decodeAudioData(file.slice().buffer);
    const samples = decoded.getChannelData(0);
    this.bytes = samples.byteLength * decoded.numberOfChannels;
    return maxima(samples);
  },
};

function maxima(samples) {
  const bars = new Float32Array(BARS);
  for (let bar = 0; bar < BARS; bar++) {
    const end = Math.floor(((bar + 1) * samples.length) / BARS);
    for (let at = Math.floor((bar * samples.length) / BARS); at < end; at++) {
      bars[bar] = Math.max(bars[bar], Math.abs(samples[at]));
    }
  }
  return bars;
}

/** The loudness of each second, by the second and third quarter of it. */
const levels = (bars) =>
  Uint8Array.from({ length: BARS / 4 }, (_, second) =>
    Math.floor(LEVELS * Math.max(bars[4 * second + 1], bars[4 * second + 2])),
  );

export async function* contests({ calldeck, memory, rounds, say }) {
  for (const [kilohertz, bar] of [[16, 50], [48, 30]]) {
    say(`making a recording of ${MINUTES} minutes`);
    const file = recording(kilohertz * 1000);
    let bars;
    const result = await contest({
      title: `G12 the waveform of ${MINUTES} minutes, WAV of ${kilohertz} kHz, ${(file.length / 1e6).toFixed(0)} MB`,
      contestants: [
        { name: OURS, run: () => (bars = calldeck.recording_bars(file, BARS)), answer: () => [levels(bars)] },
        {
          name: wavesurfer.name,
          bar,
          waits: true,
          run: async () => (bars = await wavesurfer.bars(file)),
          answer: () => [levels(bars)],
        },
      ],
      rounds,
      say,
    });
    const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
    const ours = memory.buffer.byteLength;
    yield {
      ...result,
      notes: [`memory: all of Calldeck's program ${megabytes(ours)} MB, the decoded samples of the other ${megabytes(wavesurfer.bytes)} MB`],
    };
  }
}

/** A tone whose loudness changes with each second. */
function recording(rate) {
  const frames = rate * MINUTES * 60;
  const file = new DataView(new ArrayBuffer(44 + 2 * frames));
  const text = (at, text) => [...text].forEach((letter, nth) => file.setUint8(at + nth, letter.charCodeAt(0)));
  text(0, 'RIFF');
  file.setUint32(4, 36 + 2 * frames, true);
  text(8, 'WAVEfmt ');
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, rate, true);
  file.setUint32(28, 2 * rate, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  text(36, 'data');
  file.setUint32(40, 2 * frames, true);
  for (let frame = 0; frame < frames; frame++) {
    const level = ((Math.floor(frame / rate) * 7) % (LEVELS - 1)) + 0.5;
    const sample = (level / LEVELS) * Math.sin((2 * Math.PI * 200 * frame) / rate);
    file.setInt16(44 + 2 * frame, Math.round(32767 * sample), true);
  }
  return new Uint8Array(file.buffer);
}
