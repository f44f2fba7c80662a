import { describe, expect, it } from '@jest/globals';
import { keys, newEditor, press, shown } from './typing.ts';

describe('keys', () => {
  it.each<readonly [keys: string, shown: string]>([
    ["'abc'", 'abc|'],
    ["'abc' left 'X'", 'abX|c'],
    ["'abc' C-a 'X'", 'X|abc'],
    ["'abc' C-a C-e", 'abc|'],
    ["'abc' home right C-f C-b", 'a|bc'],
    ["'a' left left", '|a'],
    ["'a' right", 'a|'],
    // Characters as a reader sees them.
    ["'e\u0301x' left backspace", '|x'],
    ["'a👨‍👩‍👧b' left left", 'a|👨‍👩‍👧b'],
    ["'a👨‍👩‍👧b' left backspace", 'a|b'],
    ["'🇩🇪🇫🇷' backspace", '🇩🇪|'],
    ["'漢字' left delete", '漢|'],
    ["'1️⃣' backspace", '|'],
    // Words.
    ["'one two.three' M-b", 'one two.|three'],
    ["'one two.three' M-b M-b C-left", '|one two.three'],
    ["'one two' home M-f", 'one| two'],
    ["'one two' home C-right M-f", 'one two|'],
    ["'über_$x = 1' home M-f", 'über_$x| = 1'],
    // Kills.
    ["'one two' C-w", 'one |'],
    ["'one two.three' C-w", 'one |'],
    ["'one two.three' M-backspace", 'one two.|'],
    ["'one two' home M-d", '| two'],
    ["'one two' home M-f C-k", 'one|'],
    ["'one two' M-b C-u", '|two'],
    ["'one two' C-w C-w C-y", 'one two|'],
    ["'one two' C-w left C-y", 'onetwo| '],
    ["'one two' C-w C-a C-k C-y M-y", 'two|'],
    ["'one two' C-w C-a C-k C-y M-y M-y", 'one |'],
    ["'abc' M-y", 'abc|'],
    ["'ab' C-j 'cd' up C-e C-k", 'ab|cd'],
    ["'ab' C-j 'cd' C-a C-u", 'ab|cd'],
    ["'one two' home M-d M-d C-y C-y", 'one twoone two|'],
    // Transposing and cases.
    ["'abc' C-t", 'acb|'],
    ["'abc' left C-t", 'acb|'],
    ["'abc' C-a C-t", '|abc'],
    ["'one two' M-t", 'two one|'],
    ["'one two  three' M-b M-t", 'one three  two|'],
    ["'a.b' C-a M-f M-t", 'b.a|'],
    ["'one' M-t", 'one|'],
    ["'one two' home M-u", 'ONE| two'],
    ["'ONE' home M-l", 'one|'],
    ["'one TWO' home M-c M-c", 'One Two|'],
    // Undo.
    ["'one' ' two' C-_", 'one|'],
    ["'one' ' two' C-_ C-_", '|'],
    ["'one' ' two' C-_ C-_ M-_", 'one|'],
    ["'abc' C-w C-_", 'abc|'],
    ["'a' 'b' left 'c' C-_", 'a|b'],
    ["'abc' C-x C-u", '|'],
    ["'abc' C-a M-d C-y C-_ C-_", '|abc'],
    // Lines.
    ["'f(' enter", 'f(\n  |'],
    ["'f(' enter '1,' enter '2' enter ')'", 'f(\n  1,\n  2\n)|'],
    ["'if (x) {' enter 'y' enter '}' left", 'if (x) {\n  y\n|}'],
    ["'f({' M-enter 'a,' enter '}'", 'f({\n  a,\n}|'],
    ["'x' M-enter 'y'", 'x\ny|'],
    ["'x' C-j", 'x\n|'],
    ["'f({}' left enter", 'f({\n  |\n}'],
    ["'long line' C-j 'ab' C-j 'another' up", 'long line\nab|\nanother'],
    ["'long line' C-j 'ab' C-j 'another' up up", 'long li|ne\nab\nanother'],
    ["'漢字' C-j 'abcd' left left up", '漢|字\nabcd'],
    ["'abc' C-j 'def' C-home", '|abc\ndef'],
    ["'abc' C-j 'def' C-home down 'X' C-end", 'abc\nXdef|'],
    ["'abc' C-j 'def' home", 'abc\n|def'],
    ["'a' C-j 'b' home left", 'a|\nb'],
    ["tab 'a'", '  a|'],
    // Escape, then a key, is Alt with the key.
    ["'one two' escape 'b'", 'one |two'],
    ["'one two' escape backspace", 'one |'],
    ["'one two' escape 'x'", 'one twox|'],
    ["'one two' escape C-u", '|'],
    ["'one two' escape up", 'one two|'],
    ["'ab' f9 C-x 'c'", 'abc|'],
  ])('%s', (written, after) => {
    const editor = newEditor();
    expect(press(editor, written).effect).toBe(undefined);
    expect(shown(editor)).toBe(after);
  });
});

describe('what keys ask for', () => {
  it.each([
    ["'1 + 1' enter", { kind: 'run', text: '1 + 1', statements: ['1 + 1'] }],
    ['enter', { kind: 'run', text: '', statements: [''] }],
    ["'f({})' left left enter", { kind: 'run', text: 'f({})', statements: ['f({})'] }],
    ["'a)' enter", { kind: 'run', text: 'a)', statements: ['a)'] }],
    ["'f(' enter '1' enter ')' up enter", { kind: 'run', text: 'f(\n  1\n)', statements: ['f(\n  1\n)'] }],
    ["'a' C-j 'b' enter", { kind: 'run', text: 'a\nb', statements: ['a', 'b'] }],
    ['C-d', { kind: 'leave' }],
    ["'a' C-d", undefined],
    ["'[6,' enter C-d", { kind: 'leave' }],
    ["'ab' left C-d", undefined],
    ["'ab' C-c", { kind: 'interrupt' }],
    ['C-l', { kind: 'clear' }],
    ['C-z', { kind: 'suspend' }],
    ["'us' tab", { kind: 'complete', text: 'us', cursor: 2 }],
    ["'a b' left tab", { kind: 'complete', text: 'a b', cursor: 2 }],
    ["'ab' C-x C-e", { kind: 'edit', text: 'ab' }],
    ["'ab' f1", { kind: 'help', text: 'ab', cursor: 2 }],
  ])('%s', (written, effect) => {
    expect(press(newEditor(), written).effect).toEqual(effect);
  });

  it('keeps the keys behind for later', () => {
    const editor = newEditor();
    expect(press(editor, "'1' enter '2' enter").rest).toEqual(keys("'2' enter"));
    expect(editor.text).toBe('');
  });

  it('drops what is typed, and keeps what was killed', () => {
    const editor = newEditor();
    press(editor, "'one two' C-w");
    editor.clear();
    press(editor, 'C-y');
    expect(shown(editor)).toBe('two|');
  });
});

it('edits a text of 1 MB fast, in lines and in one line', () => {
  for (const line of ['const a = 1\n', 'const a = 1;', 'é漢e\u0301👍'.repeat(2)]) {
    const editor = newEditor();
    editor.replaceText(line.repeat((1 << 20) / line.length));
    editor.feed([
      { kind: 'key', key: 'C-home' },
      ...Array.from({ length: 20 }, () => ({ kind: 'key', key: 'right' }) as const),
    ]);
    const start = performance.now();
    const written = "'x' backspace right left M-f M-b M-d C-y C-_ C-t M-t M-u".split(' ');
    for (let round = 0; round < 10; round++) for (const key of written) press(editor, key);
    expect((performance.now() - start) / (10 * written.length)).toBeLessThan(8);
  }
});
