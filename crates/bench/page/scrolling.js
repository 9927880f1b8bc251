// Scrolling as a hand does it, and how long the main thread works for each frame of it.

const FRAME_MS = 1000 / 60;

/** Where to scroll, a frame each: a sweep down, and jumps all over. */
export function motions(seed) {
  let state = seed + 1;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const sweep = Array.from({ length: 120 }, () => ({ by: 640 }));
  const jumps = Array.from({ length: 60 }, () => ({ to: random() }));
  return [...sweep, ...jumps];
}

/** Scrolls, and answers for each frame how long the main thread worked and how many frames were
 * lost before it. Work is everything from the first scroll listener (or animation callback) to the
 * first task after the frame: scripts, styles, layout and paint. */
export async function scrolled(scroller, motions) {
  const frames = [];
  let began;
  const start = () => (began ??= performance.now());
  addEventListener('scroll', start, true);
  let before = await frame();
  for (const motion of motions) {
    began = undefined;
    if (motion.by) scroller.scrollTop += motion.by;
    else scroller.scrollTop = motion.to * (scroller.scrollHeight - scroller.clientHeight);
    const now = await frame();
    start();
    const ended = await afterwards();
    const lost = Math.max(0, Math.round((now - before) / FRAME_MS) - 1);
    frames.push({ work_ms: ended - began, lost });
    before = now;
  }
  removeEventListener('scroll', start, true);
  return frames;
}

const frame = () => new Promise(requestAnimationFrame);

/** When the frame that is being made is done. */
function afterwards() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(0);
  });
}
