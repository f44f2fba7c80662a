import { expect, it } from '@jest/globals';
import { line, press, typed } from './pressed-keys.ts';

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
