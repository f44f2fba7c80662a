import type { EditState } from '../edit/edit-state.ts';

/** A search of the history that goes on with each key. */
export interface HistorySearch {
  readonly query: string;
  readonly direction: -1 | 1;
  /** The entry that is shown; one outside of them for none. */
  readonly index: number;
  /** Where in it what is looked for stands; undefined if nothing is found with the whole query. */
  readonly match: { readonly from: number; readonly to: number } | undefined;
  /** What was typed before, to which cancelling leads back. */
  readonly before: EditState;
}

export function startSearch(entries: readonly string[], before: EditState, direction: -1 | 1): HistorySearch {
  return { query: '', direction, index: outside(entries, direction), match: undefined, before };
}

/** Looks for something else, beginning with the entry that is shown. */
export function searchFor(entries: readonly string[], search: HistorySearch, query: string): HistorySearch {
  const isShorter = query.length < search.query.length;
  const start = isShorter ? (search.direction < 0 ? entries.length - 1 : 0) : search.index;
  return find(entries, { ...search, query }, start);
}

/** Goes on to the next entry that has the query, and another text than the one that is shown. */
export function searchOn(
  entries: readonly string[],
  search: HistorySearch,
  direction: -1 | 1,
): HistorySearch {
  const found = find(entries, { ...search, direction }, search.index + direction);
  return found.match ? found : { ...search, direction };
}

function find(entries: readonly string[], search: HistorySearch, start: number): HistorySearch {
  const { query, direction } = search;
  if (query === '') return { ...search, index: outside(entries, direction), match: undefined };
  const first = direction < 0 ? Math.min(start, entries.length - 1) : Math.max(start, 0);
  for (let index = first; index >= 0 && index < entries.length; index += direction) {
    const from = placeOf(entries[index] ?? '', query);
    if (from >= 0) return { ...search, index, match: { from, to: from + query.length } };
  }
  return { ...search, match: undefined };
}

/** Where a search begins: behind the latest entry, or before the oldest one. */
function outside(entries: readonly string[], direction: -1 | 1): number {
  return direction < 0 ? entries.length : -1;
}

/** Capital letters count where the query has some. */
function placeOf(entry: string, query: string): number {
  if (query !== query.toLowerCase()) return entry.indexOf(query);
  const lower = entry.toLowerCase();
  // Where letters change their length, places in the two are not the same.
  return lower.length === entry.length ? lower.indexOf(query) : entry.indexOf(query);
}
