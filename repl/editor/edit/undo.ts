import { type Change, type EditState, moved, type Operation } from './edit-state.ts';

/** Takes the last change back. */
export const undo: Operation = state => {
  const { done, undone } = state;
  if (!done) return moved(state, state.cursor);
  const { change, earlier } = done;
  const text = exchanged(state.text, change.from, change.inserted, change.removed);
  return { ...applied(state, text, change.cursor), done: earlier, undone: { change, earlier: undone } };
};

/** Makes the change again that was taken back last. */
export const redo: Operation = state => {
  const { done, undone } = state;
  if (!undone) return moved(state, state.cursor);
  const { change, earlier } = undone;
  const text = exchanged(state.text, change.from, change.removed, change.inserted);
  return { ...applied(state, text, endOf(change)), done: { change, earlier: done }, undone: earlier };
};

function applied(state: EditState, text: string, cursor: number): EditState {
  return { ...moved(state, cursor), text };
}

function exchanged(text: string, from: number, before: string, after: string): string {
  return text.slice(0, from) + after + text.slice(from + before.length);
}

function endOf({ from, inserted }: Change): number {
  return from + inserted.length;
}
