import { render, type Style } from '../render/render.ts';
import type { Shell } from '../shell.ts';

/** Where a script's answers go. */
export interface ScriptOutput {
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

/**
 * Runs a script: every answer is printed as at the prompt, the first error ends it. Work that was staged and not
 * committed is lost with the end, which is an error too.
 *
 * @param pieces the text, in pieces of whole lines
 * @returns the exit code: 0, or 1 after an error
 */
export async function runScript(
  shell: Shell,
  pieces: AsyncIterable<string> | Iterable<string>,
  style: Style,
  { print, complain }: ScriptOutput,
): Promise<number> {
  let code = 0;
  for await (const text of statements(shell, pieces)) {
    const answer = await shell.respond(text);
    const shown = render(answer, answer.kind === 'error' ? { ...style, color: false } : style);
    if (shown !== undefined) (answer.kind === 'error' ? complain : print)(shown);
    if (answer.kind === 'error') code = 1;
    if (answer.kind === 'error' || answer.kind === 'exit') break;
  }
  if (shell.uncommitted === '') return code;
  complain(
    `Not committed, and lost: ${shell.uncommitted}\nEnd with commit() to keep it, or with rollback().`,
  );
  return 1;
}

/**
 * Cuts a text into statements. A statement ends where it is whole, unless the next line, when that is there already,
 * can only go on with it: `.filterBy(…)`, `else`.
 */
export async function* statements(
  shell: Shell,
  pieces: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<string> {
  let pending = '';
  for await (const piece of pieces) {
    const lines = piece.replace(/\n$/, '').split('\n');
    for (const [index, line] of lines.entries()) {
      pending = pending === '' ? line : `${pending}\n${line}`;
      if (shell.read(pending).kind === 'incomplete' || goesOn(shell, pending, lines.slice(index + 1)))
        continue;
      yield pending;
      pending = '';
    }
  }
  if (pending.trim() !== '') yield pending;
}

function goesOn(shell: Shell, text: string, following: readonly string[]): boolean {
  const next = following.find(line => line.trim() !== '' && !/^\s*\/\//.test(line));
  if (
    next === undefined ||
    !/^\s*(\?\.|\.(?!\.)|else\b|catch\b|finally\b|[*/%&|^?:=<>,)\]}]|(instanceof|in|as|satisfies)\b)/.test(
      next,
    )
  )
    return false;
  return shell.read(next.trim()).kind !== 'command' && shell.read(text).kind === 'code';
}
