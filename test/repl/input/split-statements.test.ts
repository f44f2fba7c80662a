import { expect, it } from '@jest/globals';
import { splitStatements } from '../../../repl/input/split-statements.ts';

it.each<[text: string, statements: readonly string[]]>([
  ['1\n2', ['1', '2']],
  ['1; 2\n3', ['1; 2', '3']],
  ['[1]\n  .map(f)', ['[1]\n  .map(f)']],
  ['function f() {}\nf()', ['function f() {}', 'f()']],
  ['f()\n// It is used before.\nfunction f() {}', ['// It is used before.\nfunction f() {}', 'f()']],
  ['f()\nfunction g() {}', ['f()', 'function g() {}']],
  [
    'function f() { return 1 }\nf()\nfunction f() { return 2 }',
    ['function f() { return 1 }', 'function f() { return 2 }', 'f()'],
  ],
  ['f()\nfunction f() {} f()', ['f()', 'function f() {} f()']],
])('splits %j', (text, statements) => {
  expect(splitStatements(text)).toEqual(statements);
});

it('goes on on another line', () => {
  expect(splitStatements('1\nf(')).toBeUndefined();
});
