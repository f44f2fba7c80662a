import type { EditState } from '../edit/edit-state.ts';
import type { KeyEvent } from '../keys/key-event.ts';
import { type HistorySearch, startSearch } from './history-search.ts';
import {
  type HistoryWalk,
  startWalk,
  suggestionFor,
  walk,
  withEntry,
  withoutDuplicates,
} from './history-walk.ts';
import { searchKey } from './search-keys.ts';

/** The statements of the history, and where the user is among them. */
export class HistoryKeys {
  #entries: readonly string[];
  #walk: HistoryWalk | undefined;
  #search: HistorySearch | undefined;

  /** @param entries oldest first */
  constructor(entries: readonly string[]) {
    this.#entries = withoutDuplicates(entries);
  }

  get search(): HistorySearch | undefined {
    return this.#search;
  }

  add(statement: string): void {
    this.#entries = withEntry(this.#entries, statement);
  }

  /** Leaves the history: what is typed is something else. */
  leave(): void {
    this.#walk = undefined;
    this.#search = undefined;
  }

  /** Whether a text is an entry that was gone to. */
  isAt({ text }: EditState): boolean {
    return this.#walk !== undefined && this.#walk.state.text === text;
  }

  /** Goes to the next older entry (-1) or newer one (1); stays where there is none. */
  walk(state: EditState, step: -1 | 1): EditState {
    const current = this.isAt(state) && this.#walk ? this.#walk : startWalk(this.#entries, state);
    const next = walk(this.#entries, current, step);
    if (!next) return state;
    this.#walk = next;
    return next.state;
  }

  startSearch(state: EditState, direction: -1 | 1): void {
    this.#search = startSearch(this.#entries, state, direction);
  }

  /** @returns what a key leads to while one searches, and whether it is done with; undefined while one does not */
  take(event: KeyEvent): { readonly state: EditState; readonly isTaken: boolean } | undefined {
    if (!this.#search) return undefined;
    const next = searchKey(this.#entries, this.#search, event);
    this.#search = next.search;
    return next;
  }

  /** @returns what the latest entry that starts with a text goes on with; empty if there is none */
  suggestionFor(text: string): string {
    return suggestionFor(this.#entries, text);
  }
}
