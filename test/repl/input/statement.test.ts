import { describe, expect, it } from '@jest/globals';
import { readStatement } from '../../../repl/input/statement.ts';

const own = () => true;

describe('what a text is', () => {
  it.each([
    ['', { kind: 'empty' }],
    ['  \n ', { kind: 'empty' }],
    ['// a comment', { kind: 'empty' }],
    ['/* a\ncomment */', { kind: 'empty' }],
    ['.help', { kind: 'command', name: 'help', argument: '' }],
    ['  .help commit ', { kind: 'command', name: 'help', argument: 'commit' }],
    ['.5', { kind: 'code', text: '.5' }],
    ['help', { kind: 'command', name: 'help', argument: '' }],
    ['exit;', { kind: 'command', name: 'exit', argument: '' }],
    ['help(commit)', { kind: 'code', text: 'help(commit)' }],
    ['help.x', { kind: 'code', text: 'help.x' }],
    ['f(', { kind: 'incomplete' }],
    ['{ a: 1', { kind: 'incomplete' }],
    ['const x: number =', { kind: 'incomplete' }],
    ['foo bar', { kind: 'code', text: 'foo bar' }],
    ['"abc', { kind: 'code', text: '"abc' }],
    ['f()', { kind: 'code', text: 'f()' }],
  ])('%j', (text, statement) => {
    expect(readStatement(text, own)).toEqual(statement);
  });

  it('is code, where a name of the shell means something else by now', () => {
    expect(readStatement('exit', () => false)).toEqual({ kind: 'code', text: 'exit' });
  });
});
