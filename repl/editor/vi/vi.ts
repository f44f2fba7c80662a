import type { EditState } from '../edit/edit-state.ts';
import type { KeyEvent } from '../keys/key-event.ts';

export interface Vi {
  readonly mode: 'insert' | 'normal';
}
export const startVi: Vi = { mode: 'insert' };
export function viKey(
  _vi: Vi,
  _state: EditState,
  _event: KeyEvent,
): { vi: Vi; state: EditState } | undefined {
  return undefined;
}
