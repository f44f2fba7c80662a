/** What to do about an error, in a sentence. */
type Hint = string | ((again: string) => string);

/** What a user does to open a project again, unless it is open. */
const RESTART = 'restart';

/**
 * Why a project cannot be opened: a headline without a full stop, as every error of this program has, then what to do in
 * a sentence, then where in the project's files it happened.
 */
export class ProjectError extends Error {
  readonly #problem: string;
  readonly #hint: Hint;
  readonly #frames: readonly string[];

  /**
   * @param problem the sentence, without a full stop
   * @param hint what to do, empty for nothing; a function is given what opens the project again, as `restart`
   * @param options.frames lines of the stack
   */
  constructor(problem: string, hint: Hint, options: ErrorOptions & { frames?: readonly string[] } = {}) {
    super(textOf(problem, hint, options.frames, RESTART), options);
    this.#problem = problem;
    this.#hint = hint;
    this.#frames = options.frames ?? [];
  }

  /** The message for a user who does something else than restart to open the project again. */
  messageFor(again: string): string {
    return textOf(this.#problem, this.#hint, this.#frames, again);
  }
}

/** The error of a file of the project that cannot be read, or whose text is wrong. */
export function unreadable(file: string, error: unknown): ProjectError {
  const { message } = error as Error;
  return new ProjectError(
    `Cannot read ${file}: ${message.replaceAll(/\s+/g, ' ')}`,
    again => `Fix it and ${again}.`,
    { cause: error },
  );
}

function textOf(problem: string, hint: Hint, frames: readonly string[] = [], again: string): string {
  const advice = typeof hint === 'string' ? hint : hint(again);
  return [problem, advice, ...frames].filter(Boolean).join('\n');
}
