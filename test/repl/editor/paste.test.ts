import { describe, expect, it } from '@jest/globals';
import { newEditor, press, shown } from './typing.ts';

function paste(text: string) {
  const editor = newEditor();
  const { effect } = editor.feed([{ kind: 'paste', text }]);
  return { statements: effect?.kind === 'run' ? effect.statements : effect, text: editor.text };
}

describe('a paste that is complete runs, statement by statement', () => {
  it.each([
    ['1\n', ['1']],
    ['a = 1\nb = 2\n', ['a = 1', 'b = 2']],
    ['a = 1; b = 2\nc = 3\n\n', ['a = 1; b = 2', 'c = 3']],
    [
      "const old = Post.query\n  .filter({ title: { $like: 'draft%' } })\nold.delete()\ncommit()\n",
      ["const old = Post.query\n  .filter({ title: { $like: 'draft%' } })", 'old.delete()', 'commit()'],
    ],
    ['if (x) {\n  1\n}\nelse {\n  2\n}\n', ['if (x) {\n  1\n}\nelse {\n  2\n}']],
    ['// first\na = 1 // one\n\n// second\nb = 2\n', ['// first\na = 1 // one', '\n// second\nb = 2']],
    [
      'type A = { b: string }\nconst a: A = { b: 1 }\na\n',
      // What is of types alone runs with what follows.
      ['type A = { b: string }\nconst a: A = { b: 1 }', 'a'],
    ],
    ['user = 1\n.sql on\nuser + 1\n', ['user = 1', '.sql on', 'user + 1']],
    ['user = 1\nUser?\nuser + 1\n', ['user = 1', 'User?', 'user + 1']],
    ['a)\nb\n', ['a)\nb']],
    ['`a\n\nb`\nc\n', ['`a\n\nb`', 'c']],
  ])('%j', (text, statements) => {
    expect(paste(text)).toEqual({ statements, text: '' });
  });
});

describe('a paste that may go on stays', () => {
  it.each([
    ['const v = [\n  1,\n  2\n].le', 'const v = [\n  1,\n  2\n].le'],
    ['f(\n  1,\n', 'f(\n  1,\n'],
    ['a = 1\nb = 2', 'a = 1\nb = 2'],
    ['\ta', '\ta'],
  ])('%j', (text, after) => {
    expect(paste(text)).toEqual({ statements: undefined, text: after });
  });

  it('and is what runs with what is typed behind it', () => {
    const editor = newEditor();
    const { effect } = press(editor, "[[const v = [\n  1\n].le]] 'ngth' enter");
    expect(effect).toMatchObject({ text: 'const v = [\n  1\n].length' });
  });
});

describe('a session that is pasted with its prompts', () => {
  it.each([
    ['> a = 1\n1\n> a + 1\n2\n', ['a = 1', 'a + 1']],
    ['>>> f(\n... 1)\nanswer\n', ['f(\n1)']],
    ['> for (const a of b) {\n...   a\n... }\nanswer\n> c\n', ['for (const a of b) {\n  a\n}', 'c']],
    // A prompt begins a statement, whatever is typed there.
    ['> a = b\n> (c)\n', ['a = b;', '(c)']],
    ['> a\n> [b]\n', ['a;', '[b]']],
    ['> .sql on\n> a\n', ['.sql on', 'a']],
    ['> a()\n> .sql on\n> b\n', ['a();', '.sql on', 'b']],
    ['  > a\n  ... + 1\n', ['a\n+ 1']],
    // Lines without prompts that are needed are no answers.
    ['> f(\n  1)\n', ['f(\n  1)']],
  ])('%j', (text, statements) => {
    expect(paste(text).statements).toEqual(statements);
  });

  it.each(['a\n> 1\n', '...a', 'x = [\n...a,\n]\n'])('is not %j', text => {
    const { text: left, statements } = paste(text);
    expect(left || (statements as readonly string[]).join('\n')).toBe(text.replace(/\n$/, ''));
  });
});

it('goes where the cursor is, and is undone at once', () => {
  const editor = newEditor();
  press(editor, "'a()' left [[b\nc]]");
  expect(shown(editor)).toBe('a(b\nc|)');
  press(editor, 'C-_');
  expect(shown(editor)).toBe('a(|)');
});

it('puts back what was not run, before what has been typed since', () => {
  const editor = newEditor();
  press(editor, "'typed'");
  editor.putBack('b\nc');
  expect(shown(editor)).toBe('b\nc\ntyped|');
});

it('takes 1 MB in less than a second', () => {
  const editor = newEditor();
  const text = `rows = [\n${"  { id: 1, name: 'Corey', tags: ['a', 'b'] },\n".repeat(20_000)}]`;
  const start = process.cpuUsage();
  editor.feed([{ kind: 'paste', text }]);
  expect(process.cpuUsage(start).user).toBeLessThan(1e6);
  expect(editor.text).toBe(text);
});
