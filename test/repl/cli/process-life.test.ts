import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = new URL('../../../repl/main.ts', import.meta.url).pathname;

/** Runs the program in a shell, where `$M` stands for it, with almost nothing in its environment. */
async function inShell(script: string, files: Readonly<Record<string, string | Buffer>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'mikroscope-life-'));
  const program = `"${process.execPath}" "${main}" --db sqlite::memory:`;
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    return await new Promise<{ code: unknown; stdout: string; stderr: string }>(resolve =>
      execFile(
        'sh',
        ['-c', script.replaceAll('$M', program)],
        { cwd: folder, env: { PATH: process.env['PATH'] } },
        (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }),
      ),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const notText = 'is not text in UTF-8\nSave it in that encoding.\n';

describe('the program', () => {
  it.each([
    ['with standard input closed', '$M <&-', 0, '', ''],
    [
      'with a folder as standard input',
      '$M <.',
      1,
      '',
      'Uncaught BadArgument: Standard input is a folder\nGive it a file: mikroscope < FILE.\n',
    ],
    ['with standard input closed, and a statement', '$M -e 1+1 <&-', 0, '2\n', ''],
    ['with standard output closed', "echo '1+1' | $M >&-", 0, '', ''],
    ['with standard error closed', "echo '1+1; nope' | $M 2>&-", 1, '', ''],
    ['with standard error closed, and something for it', "$M -e 'console.error(5)' 2>&-", 0, '', ''],
    ['with all of them closed', '$M -e 1+1 <&- >&- 2>&-', 0, '', ''],
    [
      'on a disk that is full',
      '$M -e 1+1 >/dev/full',
      1,
      '',
      'Standard output takes nothing more: ENOSPC: no space left on device, write\n',
    ],
    [
      'with a file that takes a part of what is written at once',
      `trap '' XFSZ; ulimit -f 8; $M -e "console.log('x'.repeat(100_000))" >out`,
      1,
      '',
      'Standard output takes nothing more: EFBIG: file too large, write\n',
    ],
    [
      'with help that goes to a full disk',
      '$M --help >/dev/full',
      1,
      '',
      'Standard output takes nothing more: ENOSPC: no space left on device, write\n',
    ],
    [
      'with a report that goes to a full disk',
      '$M check none.repl.md* >/dev/full',
      2,
      '',
      'Standard output takes nothing more: ENOSPC: no space left on device, write\n',
    ],
    ['with errors that go to a full disk', '$M -e nope 2>/dev/full', 1, '', ''],
    ['without a home', "$M -e '1'", 0, '1\n', ''],
    ['with a home that does not exist', "HOME=/nonexistent $M -e '1'", 0, '1\n', ''],
    ['with a home where nothing can be made', "HOME=/proc $M -e '1'", 0, '1\n', ''],
    ['in the language C', `LANG=C $M -e '"äöü 👩‍👩‍👧"'`, 0, "'äöü 👩‍👩‍👧'\n", ''],
    ['with a script that is not there', '$M run no.ts', 1, '', 'Cannot read no.ts: there is no such file\n'],
  ])('%s: %s', async (_, script, code, stdout, stderr) => {
    expect(await inShell(script)).toMatchObject({ code, stdout, stderr });
  });

  it.each([
    ['CRLF', '1+1\r\n2+2\r\n', '2\n4\n', ''],
    ['a byte order mark', '\ufeff1+1\n2+2\n', '2\n4\n', ''],
    ['a NUL', "1+1\n'a\0b'\n2+2\n", "2\n'a\\x00b'\n4\n", ''],
    ['no newline at its end', '1+1\n2+2', '2\n4\n', ''],
    ['bytes that are no UTF-8', Buffer.from('1+1\n"\xff\xfe"\n', 'latin1'), '', notText],
    ['UTF-16', Buffer.from('\ufeff1+1\n', 'utf16le'), '', notText],
    ['nothing in it', '', '', ''],
  ])('reads a script with %s, from a file and from standard input', async (_, script, stdout, stderr) => {
    const code = stderr === '' ? 0 : 1;
    const files = { 's.ts': script };
    const named = await inShell('$M run s.ts', files);
    expect(named).toMatchObject({ code, stdout, stderr: stderr && `s.ts ${stderr}` });
    const piped = await inShell('$M < s.ts', files);
    expect([piped.code, piped.stdout, piped.stderr.endsWith(stderr)]).toEqual([code, stdout, true]);
  });

  it('leaves a transcript as it was where an update of it does not fit on the disk', async () => {
    const walk = '# Walk\n\n```repl\n> for (let n = 0; n < 2000; n++) console.log(n)\n```\n';
    const update = `trap '' XFSZ; ulimit -f 8; $M check --update walk.repl.md >/dev/null; echo $?; ls; cat walk.repl.md`;
    const { stdout } = await inShell(update, { 'walk.repl.md': walk });
    expect(stdout).toBe(`2\nwalk.repl.md\n${walk}`);
  });

  it('keeps of a recording what fitted on the disk', async () => {
    const typed = Array.from({ length: 200 }, (_, n) => `'a text that has the number ${n}'\n`).join('');
    const record = `trap '' XFSZ; ulimit -f 8; $M record walk.repl.md <typed >/dev/null; ls; tail -n 1 walk.repl.md`;
    const { stdout, stderr } = await inShell(record, { typed });
    expect(stdout).toBe('typed\nwalk.repl.md\n```\n');
    expect(stderr).toContain('walk.repl.md could not be saved: EFBIG: file too large, write');
  });
});
