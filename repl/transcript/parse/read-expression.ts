/** A regular expression as a tree. */
export type Expression =
  | { readonly kind: 'character'; readonly matches: (character: string) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly kind: 'choice'; readonly choices: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly part: Expression; readonly least: number; readonly most: number };

/**
 * Reads a regular expression in the syntax of JavaScript's flag `u`, but for what looks around or back: whether it matches
 * could not be told in polynomial time.
 *
 * @throws SyntaxError that says what is wrong with it
 */
export function readExpression(source: string): Expression {
  assertValid(source);
  return new Reader(source).choice();
}

function assertValid(source: string): void {
  try {
    // Only compiles it, which takes no time whatever it is.
    RegExp(source, 'u');
  } catch (error) {
    const reason = (error as Error).message.replace(/^Invalid regular expression: .*\/u: /s, '');
    throw new SyntaxError(reason, { cause: error });
  }
}

const character =
  /\[(?:[^\]\\]|\\.)*\]|\\(?:u[Dd][89ABab]..\\u[Dd][C-Fc-f]..|u\{[^}]*\}|u.{4}|x..|c.|[Pp]\{[^}]*\}|.)|[^\\]/suy;
const quantifier = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y;
const unsupported = /\(\?(?!:)|\\[Bbk1-9]|[$^]/y;

/** Reads what is known to be valid, from left to right. */
class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  choice(): Expression {
    const choices = [this.#sequence()];
    while (this.#take(/\|/y)) choices.push(this.#sequence());
    const [first] = choices;
    return choices.length === 1 && first ? first : { kind: 'choice', choices };
  }

  #sequence(): Expression {
    const parts: Expression[] = [];
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source[this.#at] ?? ''))
      parts.push(this.#repeated(this.#atom()));
    return { kind: 'sequence', parts };
  }

  #atom(): Expression {
    const [refused] = this.#take(unsupported) ?? [];
    if (refused !== undefined) throw new SyntaxError(`${refused} cannot be used here`);
    if (this.#take(/\((?:\?:)?/y)) {
      const inside = this.choice();
      this.#take(/\)/y);
      return inside;
    }
    const [source = ''] = this.#take(character) ?? [];
    const expression = new RegExp(`^${source}$`, 'u');
    return { kind: 'character', matches: text => expression.test(text) };
  }

  #repeated(part: Expression): Expression {
    const [all, sign, least, comma, most] = this.#take(quantifier) ?? [];
    if (all === undefined) return part;
    if (sign !== undefined)
      return { kind: 'repeat', part, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity };
    return {
      kind: 'repeat',
      part,
      least: Number(least),
      most: comma === '' ? Number(least) : most === '' ? Infinity : Number(most),
    };
  }

  #take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const match = expression.exec(this.#source) ?? undefined;
    this.#at += match?.[0].length ?? 0;
    return match;
  }
}
