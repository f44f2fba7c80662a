import { upTo } from './quoted-token.ts';
import type { SqlFamily, Token } from './token.ts';

/** From `--` or `#` to the end of the line; only PostgreSQL takes a carriage return for one. */
export function lineCommentAt(sql: string, start: number, family: SqlFamily): Token {
  const end = family === 'postgresql' ? LINE_END : NEWLINE;
  end.lastIndex = start;
  return { kind: 'comment', start, end: end.exec(sql)?.index ?? sql.length };
}

// A search for either character stops at the first: one for each would go to the end of the text in every line.
const NEWLINE = /\n/g;
const LINE_END = /[\n\r]/g;

/** Comments nest in PostgreSQL, and the inside of MySQL's `/*!` and MariaDB's `/*M!` is code. */
export function blockCommentAt(sql: string, start: number, family: SqlFamily): Token {
  switch (family) {
    case 'sqlite':
      return upTo('*/', 'comment', sql, start, start + 2);
    case 'mysql': {
      MARK.lastIndex = start;
      const mark = MARK.exec(sql)?.[0];
      return mark === undefined
        ? upTo('*/', 'comment', sql, start, start + 2)
        : { kind: 'mark', start, end: start + mark.length, flaw: 'version' };
    }
    case 'postgresql':
      return nestedAt(sql, start);
  }
}

const MARK = /\/\*M?!\d*/y;

function nestedAt(sql: string, start: number): Token {
  let depth = 1;
  for (let at = start + 2; at < sql.length; at++) {
    if (sql[at] === '/' && sql[at + 1] === '*') {
      depth++;
      at++;
    } else if (sql[at] === '*' && sql[at + 1] === '/') {
      depth--;
      at++;
      if (depth === 0) return { kind: 'comment', start, end: at + 1 };
    }
  }
  return { kind: 'comment', start, end: sql.length, flaw: 'open' };
}
