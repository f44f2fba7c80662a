import { describe, expect, it } from '@jest/globals';
import type { Candidate } from '../../../repl/editor/menu.ts';
import { layout } from '../../../repl/editor/screen/layout.ts';
import { frame } from './typist.ts';
import { newEditor, press, shown } from './typing.ts';

/** Types, completes with candidates for the word before the cursor, and types on. */
function complete(typed: string, names: readonly string[], written: string) {
  const editor = newEditor();
  press(editor, typed);
  const { text, cursor } = editor;
  const from = text.slice(0, cursor).search(/\w*$/);
  editor.offer(names.map(name => ({ text: name, kind: 'property', type: 'string', from, to: cursor })));
  const { effect } = press(editor, written);
  return { editor, effect };
}

describe('candidates', () => {
  it.each<readonly [typed: string, names: readonly string[], written: string, after: string]>([
    ["'us'", [], '', 'us|'],
    ["'us'", ['username'], '', 'username|'],
    ["'f({ us })' left left left", ['username'], '', 'f({ username| })'],
    ["'us'", ['user', 'username'], '', 'user|'],
    ["'us'", ['user', 'users'], 'tab', 'user|'],
    ["'us'", ['user', 'users'], 'tab tab', 'users|'],
    ["'us'", ['user', 'users'], 'tab tab tab', 'user|'],
    ["'us'", ['user', 'users'], 'S-tab', 'users|'],
    ["'us'", ['user', 'users'], 'tab tab escape', 'user|'],
    ["'x'", ['alpha', 'beta'], 'tab', 'alpha|'],
    ["'x'", ['alpha', 'beta'], 'tab escape', 'x|'],
    ["'x'", ['alpha', 'beta'], 'tab C-g', 'x|'],
    ["'x'", ['alpha', 'beta'], "tab '.a'", 'alpha.a|'],
    ["'x'", ['alpha', 'beta'], 'tab enter', 'alpha|'],
    ["'x'", ['alpha', 'beta'], 'down down', 'beta|'],
    ["'x'", ['alpha', 'beta'], 'down down up', 'alpha|'],
    ["'x'", ['alpha', 'beta'], "'y'", 'xy|'],
    ["'x'", ['alpha', 'beta'], 'backspace', '|'],
    ["'x'", ['alpha', 'beta'], 'tab C-_', 'x|'],
    ["'x'", ['alpha', 'beta', 'gamma'], 'pagedown', 'beta|'],
    ["'us'", ['user', 'user', 'User'], 'tab', 'user|'],
  ])('%s %j %s', (typed, names, written, after) => {
    const { editor, effect } = complete(typed, names, written);
    expect(shown(editor)).toBe(after);
    expect(effect).toBe(undefined);
  });

  it('Enter runs the text where none is selected', () => {
    expect(complete("'x'", ['alpha', 'beta'], 'enter').effect?.kind).toBe('run');
  });
});

describe('the menu', () => {
  const rowsOf = (candidates: readonly Candidate[], written: string, width: number, height: number) => {
    const editor = newEditor();
    editor.offer(candidates);
    press(editor, written);
    return layout(editor.view, frame(width, height)).rows.map(row => row.map(({ text }) => text).join(''));
  };
  const candidates = Array.from({ length: 20 }, (_, index) => ({
    text: `name${index}`,
    from: 0,
    to: 0,
    kind: index % 2 === 0 ? 'property' : 'method',
    type: index === 0 ? 'string' : 'number[]',
  }));

  it('has a column for names, kinds and types', () => {
    expect(rowsOf(candidates.slice(0, 3), '', 40, 10)).toEqual([
      '> name',
      ' name0  property string',
      ' name1  method   number[]',
      ' name2  property number[]',
    ]);
  });

  it('shows the page of the one that is selected', () => {
    expect(rowsOf(candidates, 'pagedown pagedown', 40, 24)).toEqual([
      '> name15',
      ...candidates
        .slice(8, 16)
        .map(({ text, kind, type }) => ` ${text.padEnd(6)}  ${kind.padEnd(8)} ${type}`),
      ' 9–16 of 20',
    ]);
  });

  it.each([
    [12, 5],
    [8, 3],
    [40, 2],
    [40, 1],
  ])('fits a screen of %i columns and %i rows', (width, height) => {
    const rows = rowsOf(candidates, 'tab', width, height);
    expect(rows.length).toBeLessThanOrEqual(height);
    expect(Math.max(...rows.map(row => row.length))).toBeLessThanOrEqual(width);
    expect(rows[0]).toContain('> n');
  });
});
