// React with TanStack Table and Virtual, as their documentation puts them together.
import {
  columnFilteringFeature, createFilteredRowModel, createSortedRowModel, filterFn_includesString,
  rowSortingFeature, tableFeatures, useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { createElement, useRef } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

import { COLUMNS, compare, shown } from './columns.js';

export const name = 'React + TanStack 9.3.1';

const features = tableFeatures({
  columnFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  filterFns: { includesString: filterFn_includesString },
});
const columns = COLUMNS.map((id) => ({
  id,
  accessorFn: (row) => row[id === 'customer' ? 'folded' : id],
  filterFn: 'includesString',
  sortFn: (a, b, column) => compare(a.getValue(column), b.getValue(column)),
  sortUndefined: 'last',
}));

let root;
let table;

function Grid({ data }) {
  table = useTable({ features, columns, data });
  const around = useRef(null);
  const { rows } = table.getRowModel();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => around.current,
    estimateSize: () => 32,
    overscan: 5,
  });
  const cell = (row, column) => {
    const value = row.original[column];
    return createElement('span', { key: column, style: { display: 'inline-block', width: 130, overflow: 'hidden' } }, shown[column]?.(value) ?? value);
  };
  const line = ({ index, start }) =>
    createElement(
      'div',
      { key: rows[index].id, 'data-index': index, style: { position: 'absolute', height: 32, width: '100%', overflow: 'hidden', transform: `translateY(${start}px)` } },
      COLUMNS.map((column) => cell(rows[index], column)),
    );
  return createElement(
    'div',
    { ref: around, className: 'around', style: { height: 640, overflow: 'auto' } },
    createElement('div', { style: { height: virtual.getTotalSize(), position: 'relative' } }, virtual.getVirtualItems().map(line)),
  );
}

export async function mount(place, rows) {
  root = createRoot(place);
  flushSync(() => root.render(createElement(Grid, { data: rows })));
  // The rows are drawn when the height of what scrolls is known.
  while (!place.querySelector('[data-index]')) await new Promise(requestAnimationFrame);
}

export function unmount(place) {
  root?.unmount();
  root = undefined;
  place.replaceChildren();
}

export const filter = (typed) =>
  flushSync(() => table.setColumnFilters(typed === '' ? [] : [{ id: 'customer', value: typed }]));
export const sort = (column) => flushSync(() => table.setSorting(column ? [{ id: column, desc: true }] : []));
export const count = () => table.getRowModel().rows.length;
export const first = (some) => table.getRowModel().rows.slice(0, some).map((row) => row.original.id);
export const scroller = (place) => place.querySelector('.around');
export const last = (place) => [...place.querySelectorAll('[data-index]')].some((row) => row.dataset.index === String(count() - 1));
