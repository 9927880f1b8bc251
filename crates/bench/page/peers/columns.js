// The columns that grids show.
export const COLUMNS = ['started', 'customer', 'about', 'agent', 'connection', 'direction', 'status', 'duration', 'success'];

export const shown = {
  started: (at) => new Date(at).toISOString().slice(0, 16),
  duration: (lasted) => (lasted === undefined ? '' : `${Math.floor(lasted / 60_000)}:${String(Math.floor(lasted / 1000) % 60).padStart(2, '0')}`),
};

/** Plain comparison: what sorts fastest. */
export const compare = (a, b) => (a === b ? 0 : a === undefined || a < b ? -1 : 1);
