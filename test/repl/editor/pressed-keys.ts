import { Highlighter } from '../../../repl/editor/highlight/highlighter.ts';
import type { KeyEvent } from '../../../repl/editor/keys/key-event.ts';
import { draw, type Drawn, undrawn } from '../../../repl/editor/screen/draw.ts';
import { type Frame, type Layout, layout } from '../../../repl/editor/screen/layout.ts';
import { colors } from '../../../repl/editor/screen/theme.ts';
import { keys, newEditor } from './typing.ts';

/** Presses keys one by one, each drawn. @returns for each key the milliseconds and the bytes that it took */
export function press(text: string, first: string, events: readonly KeyEvent[], width = 80, height = 24) {
  const editor = newEditor({
    history: Array.from({ length: 2000 }, (_, index) => `User.query.filterBy({ id: ${index} })`),
  });
  const highlighter = new Highlighter(name => name === 'User');
  const frame: Frame = {
    width,
    height,
    theme: colors,
    prompt: [{ text: '> ', style: '' }],
    continuation: '... ',
    highlight: highlighter.spans,
  };
  let drawn: Drawn = undrawn(width);
  let last: Layout | undefined;
  const show = () => {
    last = layout(editor.view, frame, last);
    const { bytes, drawn: now } = draw(drawn, last);
    drawn = now;
    return bytes.length;
  };
  editor.replaceText(text);
  editor.feed(keys(first));
  show();
  return events.map(event => {
    // Others use the machine, too.
    const start = process.cpuUsage();
    editor.feed([event]);
    const bytes = show();
    const { user, system } = process.cpuUsage(start);
    return { ms: (user + system) / 1000, bytes };
  });
}

/** A line of code, and keys of every kind to be pressed in it. */
export const line = "const user = await User.query.filterBy({ username: 'Corey', age: 12 }).first(); // hi";
export const typed = Array.from({ length: 20 }, () =>
  keys("'x' '(' 'y' ')' left backspace right 'w' ' ' M-b M-f C-w up down C-j backspace"),
).flat();
