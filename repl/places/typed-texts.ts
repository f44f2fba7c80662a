/** Where a statement is that was not typed: the name of its file, and the number of its first line. */
export interface Origin {
  readonly file: string;
  readonly line: number;
}

/** A statement, as the stacks of its errors name it: by its number. */
export interface TypedText {
  readonly number: number;
  readonly text: string;
  /** Undefined for what was typed at the prompt. */
  readonly origin: Origin | undefined;
}

/** How many statements are kept: functions of earlier ones are called later. */
const maxKept = 10_000;

/** The statements of a session, for the stacks of errors. */
export class TypedTexts {
  readonly #texts = new Map<number, TypedText>();
  #count = 0;

  add(text: string, origin: Origin | undefined): TypedText {
    const added = { number: ++this.#count, text, origin };
    this.#texts.set(added.number, added);
    this.#texts.delete(added.number - maxKept);
    return added;
  }

  get(number: number): TypedText | undefined {
    return this.#texts.get(number);
  }
}
