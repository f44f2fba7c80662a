import type { Effect } from '../editor/effect.ts';
import type { Editor } from '../editor/editor.ts';
import { editElsewhere } from './external-editor.ts';
import type { Front } from './front.ts';

/** Does what a key asks of the terminal alone. */
export function obeyAtTerminal(
  effect: Extract<Effect, { readonly kind: 'clear' | 'suspend' | 'edit' }>,
  { display, keys }: Front,
  editor: Editor,
): void {
  switch (effect.kind) {
    case 'clear':
      display.clear(editor.view);
      break;
    case 'suspend':
      display.finish(editor.view);
      keys.suspend();
      break;
    case 'edit':
      display.finish(editor.view);
      editor.replaceText(keys.lend(() => editElsewhere(effect.text, process.env)));
      break;
  }
}
