import { typed } from '../edit/changes.ts';
import type { EditState, Operation } from '../edit/edit-state.ts';
import { indentation } from '../edit/new-line.ts';
import type { Effect } from '../effect.ts';
import { lineStart } from '../text/places.ts';

/** What a key asks of the one who has the editor. @returns undefined for a key that asks nothing */
export function effectOf(key: string, { text, cursor }: EditState): Effect | Operation | undefined {
  switch (key) {
    case 'tab':
      // Before the first word of a line, there is nothing to complete.
      return /\S/.test(text.slice(lineStart(text, cursor), cursor))
        ? { kind: 'complete', text, cursor }
        : state => typed(state, indentation);
    case 'C-d':
      return cursor === text.length && !/\S/.test(text.slice(lineStart(text, cursor)))
        ? { kind: 'leave' }
        : undefined;
    case 'C-l':
      return { kind: 'clear' };
    case 'C-z':
      return { kind: 'suspend' };
    case 'f1':
      return { kind: 'help', text, cursor };
    case 'C-x C-e':
      return { kind: 'edit', text };
    default:
      return undefined;
  }
}
