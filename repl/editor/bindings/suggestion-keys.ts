import { inserted } from '../edit/changes.ts';
import type { Operation } from '../edit/edit-state.ts';
import { wordEnd } from '../text/places.ts';

/** Keys that move right, at the end of the text, take what the history suggests: all of it, or a word. */
export function takesSuggestion(key: string, suggestion: string): Operation | undefined {
  if (suggestion === '') return undefined;
  if (/^(?:right|end|C-f|C-e|C-end)$/.test(key)) return state => inserted(state, suggestion);
  if (/^(?:M-f|C-right|M-right)$/.test(key))
    return state => inserted(state, suggestion.slice(0, wordEnd(suggestion, 0)));
  return undefined;
}
