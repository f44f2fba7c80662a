import type { MikroscopeError, Session } from '../../src/index.ts';
import { modelsOf } from './models-of.ts';
import { PythonSession, refusalError, type Translation } from './translate.ts';

/** What is shown and done for a statement of Python. */
export type Step =
  /** Something to say. */
  | { readonly kind: 'note'; readonly text: string }
  /** A statement of TypeScript. */
  | { readonly kind: 'statement'; readonly text: string }
  | { readonly kind: 'refused'; readonly error: MikroscopeError };

/** The Python of one shell: what it has been given so far, and in which session. */
export class PythonOfShell {
  readonly #session: () => Session;
  #translator: { readonly session: Session; readonly python: PythonSession } | undefined;
  #last: readonly Translation[] = [];

  constructor(session: () => Session) {
    this.#session = session;
  }

  /** The statements of the last text. */
  get last(): readonly Translation[] {
    return this.#last;
  }

  translate(text: string): readonly Translation[] {
    this.#last = this.#current().translate(text);
    return this.#last;
  }

  /** Translates a text that is not going to run. */
  preview(text: string): readonly Translation[] {
    return this.#current().preview(text);
  }

  /** Another session has other entities. */
  #current(): PythonSession {
    const session = this.#session();
    if (this.#translator?.session !== session)
      this.#translator = { session, python: new PythonSession(modelsOf(session)) };
    return this.#translator.python;
  }
}

/** What is to be shown and done for statements, up to the first one that is refused, and what is left then. */
export function stepsOf(translations: readonly Translation[]): readonly Step[] {
  return translations.flatMap(translation => [
    ...translation.notes.map(text => ({ kind: 'note', text }) as const),
    ...translation.typescript.map(text => ({ kind: 'statement', text }) as const),
    ...(translation.refusal ? [{ kind: 'refused', error: refusalError(translation) } as const] : []),
  ]);
}

/** A statement with the prompts of the shell. */
export function prompted(statement: string): string {
  return statement
    .split('\n')
    .map((line, index) => `${index === 0 ? '> ' : '... '}${line}`)
    .join('\n');
}
