import type { Answer } from '../answer/answer.ts';
import { type Output, print } from '../render/print.ts';
import type { Shell } from '../shell.ts';

/** A text in pieces of whole lines, perhaps as it arrives. */
export type Pieces = AsyncIterable<string> | Iterable<string>;

/**
 * Runs a script: prints every answer as the prompt does, and stops at the first error. A script that ends with
 * uncommitted work has failed, too.
 *
 * @returns the exit code: 0, or 1 after an error
 */
export async function runScript(shell: Shell, pieces: Pieces, output: Output): Promise<number> {
  let code = 0;
  for await (const { kind } of answers(shell, pieces, output)) {
    if (kind === 'error') code = 1;
    if (kind === 'error' || kind === 'exit') break;
  }
  if (shell.uncommitted === '') return code;
  output.errors.write(
    `Not committed, and lost: ${shell.uncommitted}\nEnd with commit() to keep it, or with rollback().`,
  );
  return 1;
}

/**
 * Runs lines as if they were typed: an error does not keep the next one from running.
 *
 * @returns whether one of them left
 */
export async function runLines(shell: Shell, lines: readonly string[], output: Output): Promise<boolean> {
  for await (const { kind } of answers(shell, lines, output)) if (kind === 'exit') return true;
  return false;
}

async function* answers(shell: Shell, pieces: Pieces, output: Output): AsyncGenerator<Answer> {
  for await (const text of statements(shell, pieces)) {
    const answer = await shell.respond(text);
    print(answer, output);
    yield answer;
  }
}

/**
 * Cuts a text into statements. A statement ends at the line that completes it, unless the next line of the same piece
 * can only continue it, as `.filterBy(…)` and `else` do.
 */
async function* statements(shell: Shell, pieces: Pieces): AsyncGenerator<string> {
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
