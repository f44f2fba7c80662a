import type { Lexeme } from './lexeme.ts';
import type { SqlFamily } from './token.ts';

/** Follows the lexemes of one statement, and knows whether they are inside of a body with statements of its own. */
export interface RoutineBody {
  readonly isOpen: boolean;
  /** @param lexemes those of the statement, up to the one to read */
  read(lexemes: readonly Lexeme[]): void;
}

export function routineBody(family: SqlFamily): RoutineBody {
  switch (family) {
    case 'sqlite':
      return new TriggerBody();
    case 'postgresql':
      return new AtomicBody();
    case 'mysql':
      return new CompoundBody();
  }
}

/** SQLite's trigger ends with the END that comes after a `;`. Without one it is not a statement at all. */
class TriggerBody implements RoutineBody {
  isOpen = false;

  read(lexemes: readonly Lexeme[]): void {
    const at = lexemes.length - 1;
    const word = lexemes[at]?.word;
    if (word === 'trigger') this.isOpen ||= begins(lexemes, ['create', 'trigger'], ['temp', 'temporary']);
    else if (word === 'end' && lexemes[at - 1]?.kind === 'semicolon') this.isOpen = false;
  }
}

/** `begin atomic …; end` of PostgreSQL; in parentheses these may be the names of parameters. */
class AtomicBody implements RoutineBody {
  isOpen = false;
  #isRoutine = false;
  #depth = 0;

  read(lexemes: readonly Lexeme[]): void {
    const at = lexemes.length - 1;
    const before = lexemes[at - 1];
    switch (lexemes[at]?.word) {
      case 'function':
      case 'procedure':
        this.#isRoutine ||= begins(lexemes, ['create', lexemes[at]?.word ?? ''], ['or', 'replace']);
        break;
      case '(':
        this.#depth++;
        break;
      case ')':
        this.#depth--;
        break;
      case 'atomic':
        if (this.#isRoutine && this.#depth === 0 && before?.word === 'begin') this.isOpen = true;
        break;
      case 'end':
        if (before?.kind === 'semicolon' || before?.word === 'atomic') this.isOpen = false;
    }
  }
}

/** Whether the lexemes are these two words with nothing but some optional ones in between. */
function begins(
  lexemes: readonly Lexeme[],
  [first, last]: readonly string[],
  optional: readonly string[],
): boolean {
  return (
    lexemes.length <= optional.length + 2 &&
    lexemes[0]?.word === first &&
    lexemes.at(-1)?.word === last &&
    lexemes.slice(1, -1).every(({ word }) => optional.includes(word))
  );
}

/**
 * `begin … end`, and what else ends with END, in MySQL's and MariaDB's routines and in MariaDB's `begin not atomic`.
 * These words may be names, too, so this may take what follows a routine for a part of it.
 */
class CompoundBody implements RoutineBody {
  #isCompound = false;
  #depth = 0;

  get isOpen(): boolean {
    return this.#depth > 0;
  }

  read(lexemes: readonly Lexeme[]): void {
    const at = lexemes.length - 1;
    const word = lexemes[at]?.word ?? '';
    if (!this.#isCompound) {
      const isBlockHead = word === 'atomic' && isBlock(lexemes);
      if (isBlockHead) this.#depth = 1;
      this.#isCompound =
        isBlockHead || (ROUTINES.has(word) && at < HEAD_LENGTH && lexemes[0]?.word === 'create');
      return;
    }
    const isAfterEnd = lexemes[at - 1]?.word === 'end';
    if (word === 'end') this.#depth = Math.max(0, this.#depth - 1);
    // END IF and the like end what is not counted where it begins.
    else if (isAfterEnd && UNCOUNTED.has(word)) this.#depth++;
    else if (word === 'begin' || (word === 'case' && !isAfterEnd)) this.#depth++;
  }
}

/** MariaDB's statement for code outside of a routine. */
export function isBlock(lexemes: readonly Lexeme[]): boolean {
  return ['begin', 'not', 'atomic'].every((word, at) => lexemes[at]?.word === word);
}

const ROUTINES = new Set(['trigger', 'procedure', 'function', 'event', 'package']);
/** `create or replace definer = 'a'@'b' aggregate function` */
const HEAD_LENGTH = 12;
const UNCOUNTED = new Set(['if', 'loop', 'while', 'repeat', 'for']);
