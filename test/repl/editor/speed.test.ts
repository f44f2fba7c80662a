import { expect, it } from '@jest/globals';
import { Highlighter } from '../../../repl/editor/highlight/highlighter.ts';
import type { KeyEvent } from '../../../repl/editor/keys/key-event.ts';
import { draw, type Drawn, undrawn } from '../../../repl/editor/screen/draw.ts';
import { type Frame, type Layout, layout } from '../../../repl/editor/screen/layout.ts';
import { colors } from '../../../repl/editor/screen/theme.ts';
import { keys, newEditor } from './typing.ts';

/** Presses keys one by one, each drawn. @returns for each key the milliseconds and the bytes that it took */
function press(text: string, first: string, events: readonly KeyEvent[], width = 80, height = 24) {
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

const line = "const user = await User.query.filterBy({ username: 'Corey', age: 12 }).first(); // hi";
const typed = Array.from({ length: 20 }, () =>
  keys("'x' '(' 'y' ')' left backspace right 'w' ' ' M-b M-f C-w up down C-j backspace"),
).flat();

it.each([
  [80, 24],
  [200, 50],
])('a key in a text of 200 lines takes less than 8 ms in 95 of 100 cases, at %i columns', (width, height) => {
  const text = Array.from({ length: 200 }, () => line).join('\n');
  const rounds = Array.from({ length: 3 }, () => {
    const times = press(text, 'up '.repeat(100), typed, width, height).map(({ ms }) => ms);
    return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
  });
  expect(Math.min(...rounds)).toBeLessThan(8);
});

it.each([40, 80, 200, 600])(
  'a key in the middle of a line of 500 characters takes less than 200 bytes at %i columns',
  width => {
    for (const text of [
      'word '.repeat(100),
      `f('${'x'.repeat(240)}', ${'1 + '.repeat(62)}2)`,
      line.repeat(6),
    ]) {
      const sizes = press(
        text,
        'C-a M-f M-f M-f '.concat('right '.repeat(240)),
        typed.filter(event => event.kind !== 'key' || /right|left|backspace/.test(event.key)),
        width,
      );
      expect(Math.max(...sizes.map(({ bytes }) => bytes))).toBeLessThan(200);
    }
  },
);
