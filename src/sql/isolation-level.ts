import { splitAtSemicolons } from './pieces.ts';
import type { SqlFamily } from './token.ts';

const LEVELS = ['serializable', 'repeatable read', 'read committed', 'read uncommitted'] as const;

/** From the strictest to the loosest. */
export type IsolationLevel = (typeof LEVELS)[number];

/** The isolation level that a statement asks for, the last of several; undefined for one that names none. */
export function readIsolationLevel(sql: string, family: SqlFamily): IsolationLevel | undefined {
  const words = splitAtSemicolons(sql, family).flatMap(({ lexemes }) => lexemes.map(({ word }) => word));
  const after = words.findLastIndex((word, at) => word === 'level' && words[at - 1] === 'isolation') + 1;
  if (after === 0) return undefined;
  return LEVELS.find(level => words.slice(after).join(' ').startsWith(level));
}

/** Whether a level promises no more than another one. */
export function isNoStricter(level: IsolationLevel, than: IsolationLevel): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(than);
}
