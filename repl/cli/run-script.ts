import { MikroscopeError } from '../../src/index.ts';
import type { Answer } from '../answer/answer.ts';
import { PendingText } from '../input/pending-text.ts';
import { placeOf } from '../places/frames.ts';
import type { Origin } from '../places/typed-texts.ts';
import { type Output, print } from '../render/print.ts';
import type { Shell } from '../shell.ts';
import type { StandardOutput } from './standard-output.ts';

/** A script: where it is from, for messages, and its text in pieces of whole lines, perhaps as it arrives. */
export interface Script {
  /** `walk.ts` or `stdin`; undefined for code that is on the command line itself. */
  readonly name: string | undefined;
  readonly pieces: AsyncIterable<string> | Iterable<string>;
}

/** A statement of a script. */
interface ScriptStatement {
  readonly text: string;
  /** The number of its first line, from 1 on. */
  readonly line: number;
}

/** The exit codes of a program whose reader has left, and of one that was interrupted: as the signals PIPE and INT end one. */
const readerLeft = 128 + 13;
const interrupted = 128 + 2;

/**
 * Runs a script: prints every answer as the prompt does, and stops at the first error, or when nobody reads what it
 * prints any more. A script that ends with uncommitted work has failed, too.
 *
 * @returns the exit code: that of `exit(code)`, or 0; 1 after an error; 141 if the reader has left, 130 after Ctrl-C
 */
export async function runScript(shell: Shell, script: Script, output: StandardOutput): Promise<number> {
  try {
    for await (const answer of answers(shell, script, output)) {
      if (answer.kind === 'exit') return leavingCode(answer.code, shell, output);
      if (answer.kind === 'error') return leavingCode(1, shell, output);
      if (answer.kind === 'interrupted') return leavingCode(interrupted, shell, output);
    }
  } catch (error) {
    // No more of the script can be read.
    print({ kind: 'error', error }, output);
    return leavingCode(1, shell, output);
  }
  return leavingCode(0, shell, output);
}

/**
 * Runs lines as if they were typed: an error does not keep the next one from running.
 *
 * @returns the exit code if one of them left
 */
export async function runLines(
  shell: Shell,
  lines: readonly string[],
  output: StandardOutput,
): Promise<number | undefined> {
  const script = { name: undefined, pieces: lines };
  for await (const answer of answers(shell, script, output))
    if (answer.kind === 'exit') return leavingCode(answer.code, shell, output);
  return undefined;
}

/** Says what leaving now loses, if anything. @returns the exit code: 1 instead of 0 if something is lost */
export function leavingCode(code: number, { uncommitted }: Shell, { errors }: Output): number {
  if (uncommitted === '') return code;
  errors.write(`Not committed, and lost: ${uncommitted}\nEnd with commit() to keep it, or with rollback().`);
  return code || 1;
}

async function* answers(shell: Shell, script: Script, output: StandardOutput): AsyncGenerator<Answer> {
  for await (const { text, line } of statements(shell, script)) {
    const answer = await respondInTime(
      shell,
      text,
      script.name === undefined ? undefined : { file: script.name, line },
    );
    print(answer, output);
    const failure = await output.flush();
    if (failure && failure.code !== 'EPIPE')
      output.errors.write(`Standard output takes nothing more: ${failure.message}`);
    yield failure ? { kind: 'exit', code: failure.code === 'EPIPE' ? readerLeft : 1 } : answer;
  }
}

/** Answers a statement; with an error if it waits and nothing is left in this process that could end the wait. */
async function respondInTime(shell: Shell, text: string, origin: Origin | undefined): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const giveUp = () => {
    shell.interrupt();
    resolve({
      kind: 'error',
      error: new MikroscopeError(
        'InvalidState',
        'This statement waits for something that never happens',
        'No timer, query or other work is left that could end the wait.',
      ),
      frames: placeOf(origin),
    });
  };
  process.once('beforeExit', giveUp);
  try {
    return await Promise.race([promise, shell.respond(text, origin)]);
  } finally {
    process.off('beforeExit', giveUp);
  }
}

/**
 * Cuts a script into statements. A statement ends at the line that completes it, unless the next line of the same piece
 * can only continue it, as `.filterBy(…)` and `else` do.
 */
async function* statements(shell: Shell, { pieces }: Script): AsyncGenerator<ScriptStatement> {
  const typed = new PendingText();
  let linesBefore = 0;
  const take = (): ScriptStatement => {
    const statement = { text: typed.text, line: linesBefore + 1 };
    linesBefore += typed.count;
    typed.clear();
    return statement;
  };
  for await (const piece of pieces) {
    const lines = piece.replace(/\n$/, '').split('\n');
    for (const [index, line] of lines.entries()) {
      if (!typed.add(line)) continue;
      const { text } = typed;
      if (goesOn(shell, typed, lines, index + 1) || shell.read(text).kind === 'incomplete') continue;
      yield take();
    }
  }
  if (typed.text.trim() !== '') yield take();
}

/**
 * Whether a text goes on in the next of the lines that is not empty, counted from `index`. A command does not; the rest
 * of a text of several lines need not be read for that.
 */
function goesOn(
  shell: Shell,
  { text, count }: PendingText,
  lines: readonly string[],
  index: number,
): boolean {
  let at = index;
  while (at < lines.length && /^\s*(?:$|\/\/)/.test(lines[at] ?? '')) at++;
  const next = lines[at];
  if (
    next === undefined ||
    !/^\s*(\?\.|\.(?!\.)|else\b|catch\b|finally\b|[*/%&|^?:=<>,)\]}]|(instanceof|in|as|satisfies)\b)/.test(
      next,
    )
  )
    return false;
  return shell.read(next.trim()).kind !== 'command' && (count > 1 || shell.read(text).kind === 'code');
}
