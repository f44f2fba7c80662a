import { editing, type EditState } from '../edit/edit-state.ts';

/** Where one is in the history, going up and down in it. */
export interface HistoryWalk {
  /** What was typed before, to which going down leads back. */
  readonly typed: EditState;
  /** What the entries start with that are shown: what stood before the cursor. */
  readonly prefix: string;
  /** The entry that is shown; the number of entries for what was typed. */
  readonly index: number;
  readonly state: EditState;
}

/** @param entries the statements of the history, oldest first */
export function startWalk(entries: readonly string[], typed: EditState): HistoryWalk {
  return { typed, prefix: typed.text.slice(0, typed.cursor), index: entries.length, state: typed };
}

/** Goes to the next older entry (-1) or newer one (1). @returns undefined if there is none */
export function walk(entries: readonly string[], from: HistoryWalk, step: -1 | 1): HistoryWalk | undefined {
  const { prefix, typed, state } = from;
  for (let index = from.index + step; index >= 0 && index < entries.length; index += step) {
    const entry = entries[index] ?? '';
    if (entry.startsWith(prefix) && entry !== state.text)
      return { ...from, index, state: editing(entry, entry.length, typed.kills) };
  }
  if (step < 0 || from.index >= entries.length) return undefined;
  return { ...from, index: entries.length, state: { ...typed, kills: state.kills } };
}

/** Adds a statement at the end; one that is there already moves there, so that no entry is there twice. */
export function withEntry(entries: readonly string[], entry: string): readonly string[] {
  return [...entries.filter(each => each !== entry), entry];
}

/** @returns the entries without those that come again later */
export function withoutDuplicates(entries: readonly string[]): readonly string[] {
  return [...new Set(entries.toReversed())].toReversed();
}

/** @returns what the latest entry that starts with a text goes on with; empty if there is none */
export function suggestionFor(entries: readonly string[], text: string): string {
  if (text.trim() === '') return '';
  return (
    entries.findLast(entry => entry.length > text.length && entry.startsWith(text))?.slice(text.length) ?? ''
  );
}
