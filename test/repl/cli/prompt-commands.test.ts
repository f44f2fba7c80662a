import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openTerminalOf, type Terminal } from '../../support/terminal.ts';

let terminal: Terminal;

beforeAll(async () => {
  const env = { NO_COLOR: '1', EDITOR: String.raw`printf '1 +\n  41' >`, PAGER: 'sed s/^/page:/' };
  terminal = await openTerminalOf({ columns: 100, rows: 24, env });
  await terminal.shows('> ');
});

afterAll(() => terminal.close());

/** Types a line, and waits for what is shown for it. */
async function type(line: string, ...shown: readonly string[]): Promise<void> {
  terminal.press(`${line}\r`);
  for (const text of shown) await terminal.shows(text);
}

const file = (name: string) => join(terminal.home, name);

it.each([
  ['.load', '.load takes a file'],
  ['.load nowhere.ts', 'Cannot read nowhere.ts: there is no such file'],
  ['.load empty.md', 'There is nothing to run in empty.md'],
  ['.save', '.save takes a file'],
  ['.save nothing', 'Nothing has been typed yet'],
  ['copy()', 'copy() takes a value'],
  ["copy('x'.repeat(60000))", "A terminal's clipboard takes 56,000 bytes, and this has 60,000"],
  ['.pager maybe', '.pager takes on or off'],
])('%s is an error', async (line, message) => {
  await writeFile(file('empty.md'), '# Nothing\n');
  await type(line, message);
});

it('.load runs a file as if it were pasted, before what was pasted behind it', async () => {
  await writeFile(file('seed.ts'), 'list = [3,\n  1]\n  .toSorted()\nlist.push(2)\n');
  terminal.press('\x1b[200~.load seed.ts\nlist.length + 39\n\x1b[201~');
  await terminal.shows('... list.length + 39');
  await terminal.shows('3\r\n42\r\n');
});

it('.load stops at a statement that fails, and the rest stays in the editor', async () => {
  await writeFile(file('seed.ts'), 'nope.x\n40 + 2\n');
  await type('.load seed.ts', 'nope is not defined', '> 40 + 2');
  await type('', '42');
});

it('.load plays the statements of a transcript, each by itself', async () => {
  await writeFile(file('walk.repl.md'), '```repl\n> a = [7]\n[ 7 ]\n> (0)\n0\n```\n');
  await type('.load walk.repl.md', '... (0)', '0\r\n');
  await type('a[0] * 6', '42');
});

it('.save keeps what was typed, without secrets, and takes no file that exists', async () => {
  await type("user = new User({ username: 'a',\n  password: 'hunter2' })\nuser.username", "'a'");
  await type('.save typed', 'Saved ');
  expect(await readFile(file('typed.repl.md'), 'utf8')).toContain(
    "\n> user = new User({ username: 'a',\n...   password: '***' })\n> user.username\n```\n",
  );
  await type('.save typed', 'typed.repl.md already exists');
});

it('.editor comes back with the text, which runs when it is entered', async () => {
  await type('.editor', '> 1 +', '...   41');
  await type('', '42');
});

it('copy() puts a text, or a value as it is shown, on the clipboard', async () => {
  await type("copy('Corey')", 'Sent 5 characters');
  await type('copy([1, [2]])', 'Sent 12 characters');
  const sent = [...terminal.written().matchAll(new RegExp(String.raw`\x1b\]52;c;([\w+/=]+)\x07`, 'g'))];
  expect(sent.map(([, text = '']) => String(Buffer.from(text, 'base64')))).toEqual(['Corey', '[ 1, [ 2 ] ]']);
});

it('.clear begins anew on an empty screen', async () => {
  await type('.clear', '.clear', '> ');
  expect(terminal.written()).toContain('\x1b[2J\x1b[H');
});

it('.pager shows what is longer than the screen in the pager, and nothing else', async () => {
  const list = (length: number) => `Array.from({ length: ${length} }, () => 'x'.repeat(70))`;
  await type('.pager on', '> ');
  await type(list(40), 'page:[', 'page:]', '> ');
  await type(list(3), '\n[');
  await type('.pager off', '> ');
  await type(list(40), '\n[', '\n]');
});
