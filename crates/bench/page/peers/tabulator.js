// Tabulator, with no more modules than it needs.
import { FilterModule, FormatModule, SortModule, Tabulator } from 'tabulator-tables';

import { COLUMNS, compare, shown } from './columns.js';

Tabulator.registerModule([FilterModule, FormatModule, SortModule]);

export const name = 'Tabulator 6.5.3';
let table;

export async function mount(place, rows) {
  const inside = document.createElement('div');
  place.append(inside);
  table = new Tabulator(inside, {
    data: rows,
    height: '640px',
    rowHeight: 32,
    renderVertical: 'virtual',
    columns: COLUMNS.map((field) => ({
      title: field,
      field,
      width: 130,
      formatter: shown[field] && ((cell) => shown[field](cell.getValue())),
      sorter: field === 'customer' ? (_, __, a, b) => compare(a.getData().folded, b.getData().folded) : compare,
    })),
  });
  await new Promise((resolve) => table.on('tableBuilt', resolve));
}

export function unmount(place) {
  table?.destroy();
  table = undefined;
  place.replaceChildren();
}

export const filter = (typed) => (typed === '' ? table.clearFilter() : table.setFilter('folded', 'like', typed));
export const sort = (column) => (column ? table.setSort(column, 'desc') : table.clearSort());
const rows = () => table.rowManager.getDisplayRows();
export const count = () => rows().length;
export const first = (some) => rows().slice(0, some).map((row) => row.data.id);
export const scroller = (place) => place.querySelector('.tabulator-tableholder');

export function last(place) {
  const element = rows().at(-1)?.element;
  return element ? place.contains(element) : false;
}
