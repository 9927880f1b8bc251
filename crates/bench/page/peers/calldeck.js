// Calldeck's own table: the pool of rows that the page draws its list with.

let calldeck;
let text = '';
let order = '-time';
let shown = 0;

export function mount(place, rows, doors) {
  calldeck = doors;
  shown = rows.length;
  const list = element('call-list', { cards: 'false', density: 'compact' });
  const around = element('call-list__scroll', { scrolls: '' });
  const grid = element('call-list__grid');
  const heads = element('call-list__heads');
  const body = element('call-list__rows');
  list.style.height = '640px';
  grid.style.setProperty('--columns', calldeck.table_columns());
  grid.append(heads, body);
  around.append(grid);
  list.append(around);
  place.append(list);
  calldeck.table_mount(body);
}

export function unmount(place) {
  calldeck?.table_unmount();
  place.replaceChildren();
}

export function filter(typed) {
  text = typed;
  shown = calldeck.table_show(text, order);
}

export function sort(column) {
  order = column ? `-${column}` : '-time';
  shown = calldeck.table_show(text, order);
}

export const count = () => shown;
export const first = (some) => [...calldeck.table_first(some)];
export const scroller = (place) => place.querySelector('.call-list__scroll');

export function last(place) {
  const rows = [...place.querySelectorAll('.call-row')];
  const edge = scroller(place).getBoundingClientRect().bottom;
  return rows.some((row) => row.getAttribute('aria-rowindex') === String(shown + 1) && row.getBoundingClientRect().bottom <= edge + 1);
}

function element(name, data = {}) {
  const made = document.createElement('div');
  made.className = name;
  Object.assign(made.dataset, data);
  return made;
}
