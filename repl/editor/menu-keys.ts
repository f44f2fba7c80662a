import type { EditState } from './edit/edit-state.ts';
import type { KeyEvent } from './keys/key-event.ts';
import { type Menu, selected, stateOf } from './menu.ts';

/** How many candidates Page Up and Page Down pass. */
const page = 8;

const steps: Readonly<Record<string, number>> = {
  tab: 1,
  down: 1,
  'C-n': 1,
  'S-tab': -1,
  up: -1,
  'C-p': -1,
  pagedown: page,
  pageup: -page,
};

/** What a key does while candidates are shown: any but those that select one closes the menu. */
export function menuKey(
  menu: Menu,
  event: KeyEvent,
): { readonly menu: Menu | undefined; readonly state: EditState; readonly isTaken: boolean } {
  const key = event.kind === 'key' ? event.key : '';
  const step = steps[key];
  // Up and down are for the text, until a candidate is selected.
  const isForText = menu.selected === undefined && !/tab|^page|^down$/.test(key);
  if (step !== undefined && !isForText) {
    const next = selected(menu, step);
    return { menu: next, state: stateOf(next), isTaken: true };
  }
  if (key === 'escape' || key === 'C-g') return { menu: undefined, state: menu.before, isTaken: true };
  const isChoice = key === 'enter' && menu.selected !== undefined;
  return { menu: undefined, state: stateOf(menu), isTaken: isChoice };
}
