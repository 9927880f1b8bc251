// The least that a browser has to do for such a table: an element for each row that is seen, a text
// for each of its cells, and nothing that could be focused, clicked or read out.
import { COLUMNS, shown } from './columns.js';

export const name = 'bare texts, by hand';
const ROW_PX = 32;

export function mount(place, rows) {
  const [around, inside] = [box('height:640px;overflow:auto'), box('position:relative')];
  inside.style.height = `${rows.length * ROW_PX}px`;
  const lines = Array.from({ length: 640 / ROW_PX + 1 }, () => line(inside));
  const draw = () => {
    const first = Math.floor(around.scrollTop / ROW_PX);
    lines.forEach(({ element, texts }, nth) => {
      const row = rows[Math.min(first + nth, rows.length - 1)];
      element.style.top = `${(first + nth) * ROW_PX}px`;
      COLUMNS.forEach((column, at) => {
        const text = String(shown[column]?.(row[column]) ?? row[column] ?? '');
        if (texts[at].data !== text) texts[at].data = text;
      });
    });
  };
  around.addEventListener('scroll', draw);
  around.append(inside);
  place.append(around);
  draw();
}

function line(inside) {
  const element = box(`position:absolute;inset-inline:0;height:${ROW_PX}px;contain:strict`);
  const texts = COLUMNS.map((_, at) => {
    const cell = box(`position:absolute;left:${at * 120}px;width:112px;height:20px;overflow:clip;white-space:nowrap;contain:strict`);
    const text = document.createTextNode('');
    cell.append(text);
    element.append(cell);
    return text;
  });
  inside.append(element);
  return { element, texts };
}

function box(style) {
  return Object.assign(document.createElement('div'), { style });
}

export const scroller = (place) => place.firstElementChild;
