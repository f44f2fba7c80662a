import { describe, expect, it } from '@jest/globals';
import { newEditor, press, shown } from './typing.ts';

const history = ['User.query.all()', 'commit()', 'f(\n  1\n)', 'commit()', 'User.query.first()'];

describe('up and down', () => {
  it.each([
    ['up', 'User.query.first()|'],
    ['up up', 'commit()|'],
    ['up up up', 'f(\n  1\n)|'],
    // Within the lines of an entry, and then to the one before it. Each is there once.
    ['up up up up', 'f(\n | 1\n)'],
    ['up up up up up up', 'User.query.all()|'],
    ['up up up up up up up', 'User.query.all()|'],
    ['up up down', 'User.query.first()|'],
    ['up down', '|'],
    ['up up up up down down', 'commit()|'],
    ['C-p C-p C-n', 'User.query.first()|'],
    ['pageup pageup pageup pageup', 'User.query.all()|'],
    // What is typed is kept.
    ["'1 + ' up down", '1 + |'],
    ["'com' up", 'commit()|'],
    ["'com' up down", 'com|'],
    ["'User.' up up", 'User.query.all()|'],
    ["'User.' up up up", 'User.query.all()|'],
    ["'nothing' up", 'nothing|'],
    ["'Usx' left up", 'User.query.first()|'],
    // What was changed is what is typed from then on.
    ["up backspace 'x' up down", 'User.query.first(x|'],
    ["'a' C-j 'b' up up", 'a|\nb'],
    ['down', '|'],
    ['up C-_', 'User.query.first()|'],
  ])('%s', (written, after) => {
    const editor = newEditor({ history });
    press(editor, written);
    expect(shown(editor)).toBe(after);
  });

  it('finds what has been run since', () => {
    const editor = newEditor({ history });
    editor.remember('commit()');
    press(editor, 'up');
    expect(editor.text).toBe('commit()');
    press(editor, 'up');
    expect(editor.text).toBe('User.query.first()');
  });
});

describe('Ctrl-R', () => {
  it.each([
    ["C-r 'que'", 'User.|query.first()', 'que'],
    ["C-r 'que' C-r", 'User.|query.all()', 'que'],
    ["C-r 'que' C-r C-r", 'User.|query.all()', 'que'],
    ["C-r 'que' C-r C-s", 'User.|query.first()', 'que'],
    ["C-r 'user'", '|User.query.first()', 'user'],
    ["C-r 'User.query.a'", '|User.query.all()', 'User.query.a'],
    ["C-r 'qx'", 'x|', 'qx'],
    ["C-r 'all' backspace backspace backspace 'mit'", 'com|mit()', 'mit'],
    ["C-r '1'", 'f(\n  |1\n)', '1'],
    ["C-s 'mit'", 'com|mit()', 'mit'],
    ["C-r 'mit' escape", 'com|mit()', undefined],
    ["C-r 'mit' C-g", 'x|', undefined],
    ["C-r 'mit' C-a", '|commit()', undefined],
    ["C-r 'mit' end '; 1'", 'commit(); 1|', undefined],
    ["C-r 'mit' up", 'com|mit()', 'mit'],
  ])('%s', (written, after, query) => {
    const editor = newEditor({ history });
    press(editor, `'x' ${written}`);
    expect(shown(editor)).toBe(after);
    expect(editor.view.search?.query).toBe(query);
  });

  it('runs what it has found', () => {
    const { effect } = press(newEditor({ history }), "C-r 'mit' enter");
    expect(effect).toEqual({ kind: 'run', text: 'commit()', statements: ['commit()'] });
  });

  it('says that it finds nothing, and where it finds something', () => {
    const editor = newEditor({ history });
    press(editor, "C-r 'mit'");
    expect(editor.view.search?.match).toEqual({ from: 3, to: 6 });
    press(editor, "'x'");
    expect(editor.view.search?.match).toBe(undefined);
  });
});

describe('what the history suggests', () => {
  it.each([
    ["'co'", 'mmit()'],
    ["'User.query.'", 'first()'],
    ["'f('", '\n  1\n)'],
    ["'x'", ''],
    ['', ''],
    ["'co' left", ''],
    ["'commit()'", ''],
    ["'co' C-r", ''],
    ['up up', ''],
  ])('%s', (written, suggestion) => {
    const editor = newEditor({ history });
    press(editor, written);
    expect(editor.view.suggestion).toBe(suggestion);
  });

  it.each([
    ["'co' right", 'commit()|'],
    ["'co' C-e", 'commit()|'],
    ["'co' C-f", 'commit()|'],
    ["'co' end", 'commit()|'],
    ["'User.' M-f", 'User.query|'],
    ["'User.' C-right C-right", 'User.query.first|'],
    ["'co' left right right", 'commit()|'],
    ["'co' right C-_", 'co|'],
  ])('%s', (written, after) => {
    const editor = newEditor({ history });
    press(editor, written);
    expect(shown(editor)).toBe(after);
  });
});
