import type { Answer } from '../answer/answer.ts';
import type { Origin } from '../places/typed-texts.ts';
import { type Output, print } from '../render/print.ts';
import type { Shell } from '../shell.ts';
import type { Watchdog } from './watchdog.ts';

/** What goes on between statements. */
export interface Between {
  /** Called with each statement before it runs; where it returns false, that one and those after it do not. */
  readonly mayRun: (statement: string) => boolean;
  /** Called with the exit code when a statement asks to leave; the user may stay after all. */
  readonly leave: (code: number) => Promise<void>;
  /** Called when a statement was interrupted, which is the last one. */
  readonly interrupted: () => void;
  /** Called when a statement failed, or was interrupted. */
  readonly failed?: () => void;
}

/** Has a shell answer statements, and prints what it answers. */
export class Respondent {
  readonly #shell: Shell;
  readonly #watchdog: Watchdog;
  readonly #output: Output;

  constructor(shell: Shell, watchdog: Watchdog, output: Output) {
    this.#shell = shell;
    this.#watchdog = watchdog;
    this.#output = output;
  }

  /** @param origin where it is in a paste */
  async respond(statement: string, origin?: Origin): Promise<Answer> {
    this.#watchdog.watch(true);
    try {
      const answer = await this.#shell.respond(statement, origin);
      this.print(answer);
      return answer;
    } finally {
      this.#watchdog.watch(false);
    }
  }

  /**
   * Runs the statements of a text until one fails.
   *
   * @returns those after it
   */
  async respondAll(
    text: string,
    statements: readonly string[],
    between: Between,
  ): Promise<readonly string[]> {
    let end = 0;
    for (const [index, statement] of statements.entries()) {
      if (!between.mayRun(statement)) return statements.slice(index);
      const next = text.indexOf(statement, end);
      const start = next < 0 ? text.indexOf(statement) : next;
      end = start + statement.length;
      const line = text.slice(0, start).split('\n').length;
      const answer = await this.respond(
        statement,
        statements.length > 1 ? { file: undefined, line } : undefined,
      );
      if (answer.kind === 'interrupted') between.interrupted();
      if (answer.kind === 'exit') await between.leave(answer.code);
      else if (answer.kind === 'error' || answer.kind === 'interrupted') {
        between.failed?.();
        return statements.slice(index + 1);
      }
    }
    return [];
  }

  print(answer: Answer): void {
    print(answer, this.#output);
  }
}
