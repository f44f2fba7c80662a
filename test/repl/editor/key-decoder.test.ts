import { describe, expect, it } from '@jest/globals';
import { KeyDecoder } from '../../../repl/editor/keys/key-decoder.ts';
import type { KeyEvent } from '../../../repl/editor/keys/key-event.ts';

/** Keys by their names, typed text in quotes, a paste in brackets. */
function shown(events: readonly KeyEvent[]): string {
  return events
    .map(event =>
      event.kind === 'key' ? event.key : event.kind === 'text' ? `'${event.text}'` : `[${event.text}]`,
    )
    .join(' ')
    .replaceAll("' '", '');
}

const rows: readonly (readonly [bytes: string, keys: string])[] = [
  ['abc', "'abc'"],
  ['aé漢👍', "'aé漢👍'"],
  ['1 + 1\r', "'1 + 1' enter"],
  ['\n', 'C-j'],
  ['\r', 'enter'],
  ['a\tb', "'a' tab 'b'"],
  ['\x01\x05\x1f\x00', 'C-a C-e C-_ C-space'],
  ['\x1c\x1d\x1e', 'C-\\ C-] C-^'],
  ['\x7f\x08', 'backspace C-h'],
  ['\x1b[A\x1b[B\x1b[C\x1b[D', 'up down right left'],
  ['\x1bOA\x1bOH\x1bOF', 'up home end'],
  ['\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~', 'home end home end home end'],
  ['\x1b[3~\x1b[2~\x1b[5~\x1b[6~', 'delete insert pageup pagedown'],
  ['\x1b[1;5C\x1b[1;5D\x1b[1;3A\x1b[1;2B', 'C-right C-left M-up S-down'],
  ['\x1b[1;5H\x1b[1;5F\x1b[3;5~\x1b[1;7D', 'C-home C-end C-delete C-M-left'],
  ['\x1bO5C\x1bOc\x1b[3^\x1b[a', 'C-right C-right C-delete S-up'],
  ['\x1b\x1b[D', 'M-left'],
  ['\x1b[Z', 'S-tab'],
  ['\x1bb\x1bf\x1bd\x1b\x7f', 'M-b M-f M-d M-backspace'],
  ['\x1b\r', 'M-enter'],
  ['\x1b<\x1b>', 'M-< M->'],
  ['\x1bé', 'M-é'],
  ['\x1b\x06', 'C-M-f'],
  ['\x1bOP\x1b[11~\x1b[24~\x1b[[A', 'f1 f1 f12 f1'],
  ['\x1b[13;2u\x1b[13;5u\x1b[13;3u', 'S-enter C-enter M-enter'],
  ['\x1b[97;5u\x1b[97u\x1b[97;2u\x1b[105;5u', "C-a 'aA' tab"],
  ['\x1b[27;5;13~\x1b[27;2;13~', 'C-enter S-enter'],
  // Answers of the terminal and keys that are not known: nothing is typed.
  ['\x1b[12;400R', ''],
  ['\x1b[I\x1b[O\x1b[?1;2c\x1b[99~', ''],
  ['\x1b[200~a\tb\r\nc\rd\x1b[201~e', "[a\tb\nc\nd] 'e'"],
  ['\x1b[200~\x1b[31mred\x1b[0m \x07bell\x00\x1b[201~', '[red bell]'],
  ['\x1b[200~\x1b[201~', '[]'],
];

describe('what a terminal sends', () => {
  it.each(rows)('%j is %s', (bytes, keys) => {
    const decoder = new KeyDecoder();
    expect(shown(decoder.feed(bytes))).toBe(keys);
    expect(decoder.waits).toBe(false);
  });

  it.each(rows)('%j is the same byte by byte', (bytes, keys) => {
    const decoder = new KeyDecoder();
    const events = [...new TextEncoder().encode(bytes)].flatMap(byte => decoder.feed(Uint8Array.of(byte)));
    expect(shown(events)).toBe(keys);
  });
});

describe('what is held', () => {
  it.each([
    ['\x1b', 'escape'],
    ['\x1b[', 'M-['],
    ['\x1bO', 'M-O'],
    ['\x1b\x1b', 'M-escape'],
  ])('%j waits for more, and is %s without', (bytes, keys) => {
    const decoder = new KeyDecoder();
    expect(shown(decoder.feed(bytes))).toBe('');
    expect(decoder.waits).toBe(true);
    expect(shown(decoder.flush())).toBe(keys);
    expect(decoder.waits).toBe(false);
    expect(shown(decoder.feed('a'))).toBe("'a'");
  });

  it('takes lines that come at once for a paste, with those that follow', () => {
    const decoder = new KeyDecoder();
    expect(shown(decoder.feed('a = [\r  1,\r'))).toBe('');
    expect(shown(decoder.feed('\t2,\r]'))).toBe('');
    expect(decoder.waits).toBe(true);
    expect(shown(decoder.flush())).toBe('[a = [\n  1,\n\t2,\n]]');
  });

  it('ends such a paste at a key', () => {
    const decoder = new KeyDecoder();
    decoder.feed('a\rb');
    expect(shown(decoder.feed('\x1b[A'))).toBe('[a\nb] up');
  });

  it('does not wait within a paste', () => {
    const decoder = new KeyDecoder();
    decoder.feed('\x1b[200~a\x1b');
    expect(decoder.waits).toBe(false);
    expect(shown(decoder.flush())).toBe('');
    expect(shown(decoder.feed('[201~'))).toBe('[a]');
  });
});

it.each([1024, 7, 1 << 21])('reads a paste of 1 MB in chunks of %i well within a second', size => {
  const line = 'const user = User.query.first() // é\r\n';
  const text = line.repeat(Math.ceil((1 << 20) / line.length));
  const bytes = new TextEncoder().encode(`\x1b[200~${text}\x1b[201~`);
  const decoder = new KeyDecoder();
  const events: KeyEvent[] = [];
  const start = performance.now();
  for (let index = 0; index < bytes.length; index += size)
    events.push(...decoder.feed(bytes.subarray(index, index + size)));
  expect(performance.now() - start).toBeLessThan(900);
  expect(events).toEqual([{ kind: 'paste', text: text.replaceAll('\r\n', '\n') }]);
});
