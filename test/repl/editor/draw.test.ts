import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { KeyEvent } from '../../../repl/editor/keys/key-event.ts';
import { erased, left, undrawn } from '../../../repl/editor/screen/draw.ts';
import { frame, Typist } from './typist.ts';
import { keys, newEditor } from './typing.ts';

describe.each([
  [20, 6],
  [80, 24],
  [200, 50],
])('a screen of %i columns and %i rows', (width, height) => {
  it.each([
    ["'user = 1'"],
    [
      "'漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字' C-a 'x'",
    ],
    ["'e\u0301a\u0300x' left left 'y'"],
    [`'${'x'.repeat(width - 2)}'`],
    [`'${'x'.repeat(width - 2)}' left`],
    [`'${'x'.repeat(width - 3)}漢' left`],
    ['[[a\tb\u0001\u202Ec\n\td]]'],
    [`'${'0123456789 '.repeat(30)}' C-a 'x' M-f M-d`],
    [
      "[[f(\n1,\n2,\n3,\n4,\n5,\n6,\n7,\n8,\n9,\n10]] up up up up up up up up 'x' down down down down down down",
    ],
    ["'a = ' tab tab tab tab escape"],
    ["'a = ' tab tab tab up up 'x'"],
    ["'a' C-j 'b' C-j 'c' C-u backspace backspace"],
    [`'${'word '.repeat(100)}' C-w C-w C-w C-a C-k`],
  ])('%s', async written => {
    const typist = new Typist(newEditor(), width, height);
    await typist.draw();
    for (const key of keys(written)) {
      await typist.press([key]);
      expect(await typist.differences()).toEqual([]);
    }
  });

  it('shows whatever is typed, drawn key by key, as it would be drawn at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyKey, { minLength: 10, maxLength: 40 }), async typed => {
        const typist = new Typist(
          newEditor({ history: ['user = User.query.first()', 'f(\n  1,\n  2\n)', 'x'.repeat(300)] }),
          width,
          height,
        );
        await typist.draw();
        for (const key of typed) {
          await typist.press([key]);
          expect(await typist.differences()).toEqual([]);
        }
      }),
      { numRuns: Math.ceil(Number(process.env['RANDOM_RUNS'] ?? 2500) / 100) },
    );
  }, 600_000);

  it('is drawn anew when its size changes', async () => {
    for (const other of [9, 15, width + 9]) {
      const typist = new Typist(newEditor(), width, height);
      await typist.emulator.write('before\r\n');
      await typist.draw();
      await typist.press(keys(`'first = 1' C-j 'second = 2' C-j 'third'`));
      typist.emulator.resize(other, height);
      await typist.emulator.write(erased(typist.drawn, other));
      typist.drawn = undrawn(other);
      typist.frame = frame(other, height);
      await typist.draw();
      expect(await typist.differences()).toEqual([]);
      expect(typist.emulator.text().split('\n').slice(0, 2)).toEqual([
        'before',
        '> first = 1'.slice(0, other),
      ]);
    }
  });

  it('leaves the cursor below what is run', async () => {
    const typist = new Typist(newEditor(), width, height);
    await typist.draw();
    await typist.press(keys("'a' C-j 'b' up"));
    await typist.emulator.write(`${left(typist.drawn)}answer`);
    expect(typist.emulator.text()).toBe('> a\n... b\nanswer');
  });
});

/** An emulator that knows no emoji: it takes each code for a column or two. */
it.each([20, 80])('what terminals disagree about moves nothing else, at %i columns', async width => {
  const emoji = ['👍', '👨‍👩‍👧', '🇩🇪', '❤️', 'क्षि', '☺️'];
  const typist = new Typist(newEditor(), width, 10);
  await typist.draw();
  for (const written of [
    `'${emoji.map(each => `a${each}bc`).join('')}'`,
    'C-a',
    "'x'",
    'C-e',
    'backspace',
    'backspace',
    "'漢y'",
    'C-a right right right backspace',
  ]) {
    for (const key of keys(written)) await typist.press([key]);
    const { rows, cursor } = typist.last ?? { rows: [], cursor: undefined };
    expect(typist.emulator.cursor).toEqual(cursor);
    const moved = rows.flatMap((row, index) => {
      const seen = typist.emulator.row(index);
      return row.filter(({ text }, column) => /^[a-z>.]$/.test(text) && seen[column]?.[0] !== text);
    });
    expect(moved).toEqual([]);
  }
});

const anyKey: fc.Arbitrary<KeyEvent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(
        'a',
        '1',
        ' ',
        'word',
        '(',
        ')',
        '漢',
        '字',
        'e\u0301',
        '\u0301',
        'é',
        '\u0001',
        '\u200B',
        'x'.repeat(30),
        'one two 34 five ',
      )
      .map((text): KeyEvent => ({ kind: 'text', text })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('a\n\tb', 'long line of words 1 2 3\n'.repeat(6), '}\n', '\t\t')
      .map((text): KeyEvent => ({ kind: 'paste', text })),
  },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(
        ...'left right up down home end C-left C-right C-home C-end backspace delete M-d C-w C-k C-u C-y M-y C-t M-t M-u C-_ M-_ C-j M-enter C-j M-enter tab tab S-tab escape C-r enter M-<'.split(
          ' ',
        ),
      )
      .map((key): KeyEvent => ({ kind: 'key', key })),
  },
);
