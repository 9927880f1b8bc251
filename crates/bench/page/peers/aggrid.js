// AG Grid Community, with no more modules than it needs.
import {
  ClientSideRowModelApiModule, ClientSideRowModelModule, ColumnApiModule, ModuleRegistry,
  QuickFilterModule, RowApiModule, createGrid,
} from 'ag-grid-community';

import { COLUMNS, compare, shown } from './columns.js';

ModuleRegistry.registerModules([
  ClientSideRowModelModule, ClientSideRowModelApiModule, ColumnApiModule, QuickFilterModule, RowApiModule,
]);

export const name = 'AG Grid 36.2.0';
let grid;

export async function mount(place, rows) {
  const drawn = new Promise((resolve) => {
    grid = createGrid(place, {
      rowData: rows,
      rowHeight: 32,
      suppressAnimationFrame: true,
      cacheQuickFilter: true,
      columnDefs: COLUMNS.map((field) => ({
        field,
        valueFormatter: shown[field] && (({ value }) => shown[field](value)),
        // Only one text is searched, and it is sorted by what needs no collation.
        getQuickFilterText: ({ data }) => (field === 'customer' ? data.folded : ''),
        valueGetter: field === 'customer' ? ({ data }) => data.folded : undefined,
        comparator: compare,
      })),
      onFirstDataRendered: resolve,
    });
  });
  await drawn;
}

export function unmount(place) {
  grid?.destroy();
  grid = undefined;
  place.replaceChildren();
}

export const filter = (typed) => grid.setGridOption('quickFilterText', typed);
export const sort = (column) =>
  grid.applyColumnState({ state: column ? [{ colId: column, sort: 'desc' }] : [], defaultState: { sort: null } });
export const count = () => grid.getDisplayedRowCount();
export const first = (some) => Array.from({ length: some }, (_, nth) => grid.getDisplayedRowAtIndex(nth).data.id);
export const scroller = (place) => place.querySelector('.ag-grid-viewport');
export const last = (place) => [...place.querySelectorAll('[row-index]')].some((row) => row.getAttribute('row-index') === String(count() - 1));
