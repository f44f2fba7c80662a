import { expect, it } from '@jest/globals';
import { line, press, typed } from './pressed-keys.ts';

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
