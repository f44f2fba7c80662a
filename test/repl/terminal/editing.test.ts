import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { Emulator } from '../editor/emulator.ts';
import { openTerminalOf, type Terminal, type TerminalOptions } from '../../support/terminal.ts';

let terminal: Terminal;
let size = { columns: 80, rows: 24 };

async function open(options: TerminalOptions = {}): Promise<void> {
  size = { columns: options.columns ?? 80, rows: options.rows ?? 24 };
  terminal = await openTerminalOf({ columns: 80, rows: 24, ...options });
  await terminal.shows('> ');
}

/** What a person sees below the greeting. */
async function seen(): Promise<string> {
  const emulator = new Emulator(size.columns, size.rows);
  await emulator.write(terminal.written());
  const text = emulator.text();
  return text.slice(Math.max(0, text.search(/^>/m)));
}

/** Presses keys, and waits until a person sees a text. */
async function type(keys: string, text: string): Promise<void> {
  terminal.press(keys);
  const end = Date.now() + 10_000;
  while ((await seen()) !== text)
    if (Date.now() > end) throw new Error(`The screen does not show\n${text}\nbut\n${await seen()}`);
    else await setTimeout(20);
}

afterEach(() => terminal.close());

describe.each([20, 80, 200])('at a terminal of %i columns', columns => {
  it('edits a statement of several lines', async () => {
    await open({ columns });
    await type('[1,\r', '> [1,\n...');
    await type('2', '> [1,\n... 2');
    await type('\x1b[A\x1b[H\x1b[C9', '> [91,\n... 2');
    await type('\x1b[B\x05]', '> [91,\n... 2]');
    await type('\r', '> [91,\n... 2]\n[ 91, 2 ]\n>');
    await type('\x1b[A', '> [91,\n... 2]\n[ 91, 2 ]\n> [91,\n... 2]');
  });

  it('shows candidates below the text, and takes them away', async () => {
    await open({ columns });
    await type('abcd1 = abcd2 = 1\r', '> abcd1 = abcd2 = 1\n>');
    const before = (await seen()).slice(0, -1);
    const menu = ['abcd2', 'abcd1']
      .map(name => `\n ${name}  variable ${columns < 30 ? 'nu…' : 'number'}`)
      .join('');
    await type('abc\t', `${before}> abcd${menu}`);
    await type('\t\t', `${before}> abcd1${menu}`);
    await type(' + 1', `${before}> abcd1 + 1`);
    await type('\r', `${before}> abcd1 + 1\n2\n>`);
  });
});

describe('a paste', () => {
  const mark = (text: string) => `\x1b[200~${text}\x1b[201~`;

  it('is read as a whole before any of it runs', async () => {
    await open();
    await type(
      mark('a = [3, 1]\n  .toSorted()\na.length\n'),
      '> a = [3, 1]\n...   .toSorted()\n... a.length\n2\n>',
    );
  });

  it('has a function before it is declared, and says which line failed', async () => {
    await open();
    terminal.press(mark('1\nf(2)\nfunction f(n) {\n  return n.a.b\n}\n3\n'));
    await terminal.shows("reading 'b')");
    await terminal.shows('    at f, line 4: return n.a.b');
    await terminal.shows('    at line 2: f(2)');
    await terminal.shows('> 3');
  });

  it('waits for what is typed behind it', async () => {
    await open();
    await type(mark('v = [\n  1,\n  2\n].le'), '> v = [\n...   1,\n...   2\n... ].le');
    await type('ngth\r', '> v = [\n...   1,\n...   2\n... ].length\n>');
  });

  it('stops at a statement that fails, and keeps the rest', async () => {
    await open();
    terminal.press(mark('1\nnope.x\n2\n3\n'));
    await terminal.shows('nope is not defined');
    await terminal.shows('> 2');
    await terminal.shows('... 3');
    expect(await seen()).toMatch(
      /^> 1\n\.\.\. nope\.x\n\.\.\. 2\n\.\.\. 3\n1\n.*nope is not defined[\s\S]*\n> 2\n\.\.\. 3$/,
    );
  });

  it('loses its prompts', async () => {
    await open();
    await type(mark('> b = 6\n6\n> b * 7\n42\n'), '> b = 6\n... b * 7\n42\n>');
  });

  it('is one without being marked, too', async () => {
    await open();
    const code = "if (0) {\n  1\n}\nelse {\n  console.log('e' + 'lse')\n}\n";
    await type(code.replaceAll('\n', '\r'), `> ${code.trim().replaceAll('\n', '\n... ')}\nelse\n>`);
  });

  it.each([130, 20_000])('of %i lines is one statement', async lines => {
    await open();
    const start = Date.now();
    terminal.press(
      mark(`rows = [\n${"  { id: 1, name: 'Corey', tags: ['a', 'b'] },\n".repeat(lines)}]; rows.length\n`),
    );
    await terminal.shows(`\n${lines}\r\n> `);
    expect(Date.now() - start).toBeLessThan(20_000);
  });
});

it('what prints while somebody types comes above', async () => {
  await open();
  await type(
    "setTimeout(() => console.log('later'), 300); 0\r",
    "> setTimeout(() => console.log('later'), 300); 0\n0\n>",
  );
  await type('half', "> setTimeout(() => console.log('later'), 300); 0\n0\n> half");
  await type('', "> setTimeout(() => console.log('later'), 300); 0\n0\nlater\n> half");
});

it('begins a line of its own behind what has not ended one', async () => {
  await open();
  await type("process.stdout.write('abc'); 0\r", "> process.stdout.write('abc'); 0\nabc0\n>");
  await type(
    "process.stdout.write('abc'); undefined\r",
    "> process.stdout.write('abc'); 0\nabc0\n> process.stdout.write('abc'); undefined\nabc\n>",
  );
});

it('a text that is higher than the screen is shown around the cursor, and whole when it runs', async () => {
  await open({ rows: 5 });
  const lines = ['1', '2', '3', '4', '5', '6', '7', '8'].map(each => `x${each} = ${each}`);
  terminal.press(lines.join('\x1b\r'));
  await terminal.shows('x8 = 8');
  expect((await seen()).split('\n').slice(-5)).toEqual(lines.slice(3).map(line => `... ${line}`));
  await type('\r', `> ${lines.join('\n... ')}\n>`);
});

it('is drawn anew when the terminal gets narrower', async () => {
  await open();
  await type('123456789 + 123456789', '> 123456789 + 123456789');
  terminal.resize(15, 24);
  await terminal.shows('> 123456789 +');
});

it('colors what is typed', async () => {
  await open({ env: { TERM: 'xterm-256color' } });
  terminal.press("const a = 'b'");
  await terminal.shows("const a = 'b'");
  expect(terminal.written()).toContain("\x1b[35mconst\x1b[m a = \x1b[32m'b'\x1b[m");
});

it('lets another editor change the text', async () => {
  await open({ env: { NO_COLOR: '1', EDITOR: 'sed -i s/1/42/' } });
  await type('[1,\r1]\x18\x05', '> [1,\n... 1]\n> [42,\n... 42]');
  await type('\r', '> [1,\n... 1]\n> [42,\n... 42]\n[ 42, 42 ]\n>');
});

it('helps with the name at the cursor, and keeps what is typed', async () => {
  await open();
  terminal.press('1 + commit(\x1bOP');
  await terminal.shows('1 + commit(');
  expect(await terminal.shows('\n> 1 + commit(')).toContain('commit()');
});

it('helps with what is before a dot', async () => {
  await open();
  terminal.press('User.query.\x1bOP');
  await terminal.shows('User.query.');
  expect(await terminal.shows('\n> User.query.')).toContain('filterBy()');
});

it('is drawn again when it comes back from the background', async () => {
  await open();
  await type('1 + 1', '> 1 + 1');
  terminal.signal('SIGCONT');
  await terminal.shows('> 1 + 1');
});

describe('a terminal without codes', () => {
  it('edits its lines itself', async () => {
    await open({ env: { TERM: 'dumb', NO_COLOR: '1' } });
    terminal.press('[6,\r');
    await terminal.shows('... ');
    terminal.press('7]\r');
    await terminal.shows('[ 6, 7 ]\r\n> ');
    terminal.press("createAll(); add(new User({ username: 'a', email: 'a', password: 'p' }))\r");
    await terminal.shows('\n> ');
    terminal.press('exit\r');
    await terminal.shows('[y/N] ');
    terminal.press('n\r');
    await terminal.shows('> ');
    terminal.press('half\x03');
    await terminal.shows('> ');
    terminal.press('6 * 7\r');
    await terminal.shows('42\r\n> ');
    expect(terminal.written()).not.toContain('\x1b');
    terminal.press('rollback(); 0\r');
    await terminal.shows('0\r\n> ');
    terminal.press('\x04');
    expect(await terminal.exited).toBe(0);
  });
});
