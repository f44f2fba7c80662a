import { type Expression, readExpression } from './read-expression.ts';

/** A state of the automaton. One without a test is left without reading a character. */
interface State {
  readonly matches?: (character: string) => boolean;
  readonly next: number[];
}

/** The state in which everything has been read. */
const accepting = 0;

/** Above this many states an expression is refused: each may be looked at for each character. */
const maxStates = 1000;

const known = new Map<string, RegularExpression>();

/** @throws SyntaxError if it is not valid, or too large */
export function regularExpression(source: string): RegularExpression {
  const expression = known.get(source) ?? new RegularExpression(source);
  known.set(source, expression);
  return expression;
}

/**
 * A regular expression that is matched by an automaton, in time proportional to the length of the text, whatever it is
 * (Thompson). JavaScript's own may take exponentially long.
 */
export class RegularExpression {
  readonly #forward: Automaton;
  readonly #backward: Automaton;

  constructor(source: string) {
    const expression = readExpression(source);
    this.#forward = new Automaton(expression, 1);
    this.#backward = new Automaton(expression, -1);
  }

  /** @returns where a match that begins at a position can end, in ascending order */
  endsFrom(text: string, at: number): number[] {
    return [...this.#forward.run(text, at, position => position === at)];
  }

  /** @returns where a match that ends at one of these positions can begin, in descending order */
  startsOf(text: string, ends: Uint8Array): Iterable<number> {
    return this.#backward.run(text, text.length, position => ends[position] === 1);
  }
}

class Automaton {
  readonly #states: State[] = [{ next: [] }];
  readonly #direction: 1 | -1;
  readonly #first: number;
  #built = 0;

  /** @param direction -1 for one that reads from right to left */
  constructor(expression: Expression, direction: 1 | -1) {
    this.#direction = direction;
    this.#first = this.#build(expression, accepting);
  }

  /**
   * Reads a text from a position on to its end, or its beginning.
   *
   * @param begins whether a match can begin at a position
   * @returns the positions at which a match ends
   */
  *run(text: string, from: number, begins: (at: number) => boolean): Generator<number> {
    let states = new Set<number>();
    for (let at = from; ;) {
      if (begins(at)) this.#enter(this.#first, states);
      if (states.has(accepting)) yield at;
      // From left to right, a match begins at one position only.
      if (states.size === 0 && this.#direction === 1) return;
      const character = this.#read(text, at);
      if (character === undefined) return;
      const before = states;
      states = new Set();
      for (const index of before) {
        const state = this.#states[index];
        if (state?.matches?.(character)) for (const next of state.next) this.#enter(next, states);
      }
      at += this.#direction * character.length;
    }
  }

  /** The next character; undefined at the end. */
  #read(text: string, at: number): string | undefined {
    if (this.#direction === 1)
      return at < text.length ? String.fromCodePoint(text.codePointAt(at) ?? 0) : undefined;
    return at > 0 ? /[^]$/u.exec(text.slice(Math.max(0, at - 2), at))?.[0] : undefined;
  }

  /** Adds a state and those that follow without reading a character. */
  #enter(first: number, states: Set<number>): void {
    const entering = [first];
    for (let index = entering.pop(); index !== undefined; index = entering.pop()) {
      if (states.has(index)) continue;
      states.add(index);
      const state = this.#states[index];
      if (state && !state.matches) entering.push(...state.next);
    }
  }

  /** Builds the states of an expression. @returns the one that it begins with */
  #build(expression: Expression, next: number): number {
    if (++this.#built > maxStates) throw new SyntaxError('it is too large');
    switch (expression.kind) {
      case 'character':
        return this.#add({ matches: expression.matches, next: [next] });
      case 'sequence': {
        const { parts } = expression;
        const ordered = this.#direction === 1 ? parts.toReversed() : parts;
        return ordered.reduce((after, part) => this.#build(part, after), next);
      }
      case 'choice':
        return this.#add({ next: expression.choices.map(choice => this.#build(choice, next)) });
      case 'repeat':
        return this.#repeat(expression, next);
    }
  }

  #repeat({ part, least, most }: Extract<Expression, { kind: 'repeat' }>, next: number): number {
    let first = next;
    if (most === Infinity) {
      const loop: State = { next: [next] };
      first = this.#add(loop);
      loop.next.push(this.#build(part, first));
    } else
      for (let count = least; count < most; count++)
        first = this.#add({ next: [next, this.#build(part, first)] });
    for (let count = 0; count < least; count++) first = this.#build(part, first);
    return first;
  }

  #add(state: State): number {
    return this.#states.push(state) - 1;
  }
}
