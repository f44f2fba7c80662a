import { editing, type EditState, moved } from '../edit/edit-state.ts';
import type { KeyEvent } from '../keys/key-event.ts';
import { previousBoundary } from '../text/clusters.ts';
import { type HistorySearch, searchFor, searchOn } from './history-search.ts';

/** What a key does while one searches the history. The text is the entry that is found. */
export interface Searched {
  readonly search: HistorySearch | undefined;
  readonly state: EditState;
  /** Whether the key is done with; any but those of the search ends it, and does what it always does. */
  readonly isTaken: boolean;
}

export function searchKey(entries: readonly string[], search: HistorySearch, event: KeyEvent): Searched {
  const { query, before } = search;
  if (event.kind !== 'key')
    return goesOn(entries, searchFor(entries, search, query + event.text.replaceAll('\n', ' ')));
  switch (event.key) {
    case 'C-r':
    case 'up':
      return goesOn(entries, searchOn(entries, search, -1));
    case 'C-s':
    case 'down':
      return goesOn(entries, searchOn(entries, search, 1));
    case 'backspace':
    case 'C-h':
      return goesOn(
        entries,
        searchFor(entries, search, query.slice(0, previousBoundary(query, query.length))),
      );
    case 'C-g':
      return { search: undefined, state: before, isTaken: true };
    case 'escape':
      return { search: undefined, state: shown(entries, search), isTaken: true };
    default:
      return { search: undefined, state: shown(entries, search), isTaken: false };
  }
}

function goesOn(entries: readonly string[], search: HistorySearch): Searched {
  return { search, state: shown(entries, search), isTaken: true };
}

function shown(entries: readonly string[], { index, match, before }: HistorySearch): EditState {
  const entry = entries[index];
  if (entry === undefined) return before;
  return moved(editing(entry, entry.length, before.kills), match?.from ?? entry.length);
}
