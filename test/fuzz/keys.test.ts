import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Editor } from '../../repl/editor/editor.ts';
import { KeyDecoder } from '../../repl/editor/keys/key-decoder.ts';
import type { KeyEvent } from '../../repl/editor/keys/key-event.ts';
import type { Candidate } from '../../repl/editor/menu.ts';
import { Typist } from '../repl/editor/typist.ts';
import { newEditor } from '../repl/editor/typing.ts';
import { corpus } from './corpus.ts';
import { damaged } from './mutations.ts';

/** FUZZ_RUNS says how many times something is typed; a few times where nobody asks for random tests. */
const { RANDOM_RUNS, FUZZ_RUNS = RANDOM_RUNS === undefined ? '300' : '5000' } = process.env;

/** What is typed into one editor; the screen is compared after each. */
const LENGTH = 20;

const sequences = fc.oneof(
  fc
    .tuple(fc.constantFrom('\x1b[', '\x1bO', '\x1b\x1b[', '\x1b[['), fc.string({ maxLength: 6 }))
    .map(([start, rest]) => start + rest),
  fc.constantFrom(
    ...'[A [B [C [D [H [F [3~ [1;5D [1;5C [1;3D [Z [5~ [13;2u [27;5;9~ [I [O [<0;1;1M [201~ [?1;2c b f d y t u c . _ \x7f \r \n \x1b'
      .split(' ')
      .map(rest => `\x1b${rest}`),
  ),
);

const controls = fc.integer({ min: 0, max: 31 }).map(code => String.fromCharCode(code));

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('\u202e', '\u200d', '\u0301', '\ufeff', '\u00ad', '漢', '👩‍👩‍👧', '\t', '(', '{', '`', "'"),
);

/** Bytes as a terminal may send them, and as it may not. */
const typed: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 3, arbitrary: sequences.map(bytesOf) },
  { weight: 3, arbitrary: controls.map(bytesOf) },
  { weight: 2, arbitrary: texts.map(bytesOf) },
  { weight: 2, arbitrary: damaged(corpus()).map(text => bytesOf(text.slice(0, 200))) },
  { weight: 1, arbitrary: damaged(corpus()).map(text => bytesOf(`\x1b[200~${text.slice(0, 200)}\x1b[201~`)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 8 }) },
);

it.each(['emacs', 'vi'] as const)(
  'whatever bytes come, the editor with the keys of %s shows what there is, and runs what was typed',
  async keys => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(typed, { minLength: 1, maxLength: LENGTH }),
        fc.constantFrom(20, 80),
        async (all, width) => {
          const decoder = new KeyDecoder();
          const typist = new Typist(newEditor({ keys, history: ['f(\n  1,\n  2\n)', 'user'] }), width, 10);
          await typist.draw();
          for (const bytes of all) {
            for (const event of [...decoder.feed(bytes), ...(decoder.waits ? decoder.flush() : [])])
              take(typist.editor, event);
            await typist.draw();
            // Of emoji and new characters this emulator does not know how wide they are.
            const shown = (typist.last?.rows ?? []).flat().map(cell => cell.text);
            const isKnown = /^[ -~\p{Script=Latin}]*$/u.test(shown.join(''));
            const differences = await typist.differences();
            expect(differences.filter(each => isKnown || each.startsWith('cursor'))).toEqual([]);
          }
        },
      ),
      { numRuns: Math.ceil(Number(FUZZ_RUNS) / LENGTH) },
    );
  },
  7_200_000,
);

function take(editor: Editor, event: KeyEvent): void {
  const { effect, rest } = editor.feed([event]);
  expect(rest).toEqual([]);
  expect(isBoundary(editor.text, editor.cursor)).toBe(true);
  const ran = effect?.kind === 'run' ? effect : undefined;
  // What a key adds or takes before it runs the text is none of what was typed.
  expect(squeezed(ran?.statements.join('\n') ?? '')).toBe(squeezed(ran?.text ?? ''));
  expect(ran && editor.text).toBe(ran && '');
  if (ran) editor.remember(ran.text);
  if (effect?.kind === 'interrupt') editor.clear();
  if (effect?.kind === 'complete') editor.offer(offers(effect.cursor));
}

const offers = (cursor: number): Candidate[] =>
  ['alpha', 'alps'].map(text => ({ text, kind: 'name', type: 'string', from: cursor, to: cursor }));

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text);
}

const squeezed = (text: string) => text.replaceAll(/\s/g, '');

function isBoundary(text: string, cursor: number): boolean {
  if (cursor < 0 || cursor > text.length) return false;
  return !/^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(cursor - 1, cursor + 1));
}
