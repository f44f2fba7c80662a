import { MikroscopeError } from '../../errors.ts';
import { isSetting, isWriting, opening } from '../../sql/statement.ts';

/** What a statement means for the transaction that it is in; inside of a sandbox savepoints stand for it. */
export interface TransactionStep {
  readonly kind: 'begin' | 'commit' | 'rollback';
  /** Another transaction begins at once. */
  readonly chain: boolean;
  readonly readOnly: boolean;
}

/** MySQL and MariaDB commit before many a statement, so those that do not are named. */
const MYSQL = new Set(
  'select with values table show explain describe desc help insert update delete replace do savepoint release'.split(
    ' ',
  ),
);

/** What PostgreSQL does at once and for good, in a transaction or not. */
const AT_ONCE =
  /\b(setval|dblink\w*|lo_export|pg_file_\w+|pg_\w*replication\w*|pg_logical_emit_message|pg_stat_\w*reset\w*|pg_terminate_backend|pg_reload_conf|(?:query|table|cursor|schema|database)_to_xml\w*)"?\s*\(/i;

/**
 * Reads a statement that is to run inside of the one transaction of a sandbox.
 *
 * @returns how it would end or begin a transaction; undefined for a statement to run as it is
 * @throws MikroscopeError `CannotUndo` where what it does could not be undone
 */
export function transactionStep(family: string, sql: string): TransactionStep | undefined {
  const { text, word } = opening(sql);
  const step = (kind: TransactionStep['kind']) => ({
    kind,
    chain: /\band\s+chain\b/i.test(text),
    readOnly: /\bread\s+only\b/i.test(text),
  });
  switch (word) {
    case 'begin':
      return step('begin');
    case 'start':
      if (/^start\s+transaction\b/i.test(text)) return step('begin');
      throw refused(word);
    case 'commit':
    case 'end':
      if (/\bprepared\b/i.test(text)) throw refused(`${word} prepared`);
      return step('commit');
    case 'rollback':
    case 'abort':
      if (/\bprepared\b/i.test(text)) throw refused(`${word} prepared`);
      if (/^rollback\s+(?:(?:work|transaction)\s+)?to\b/i.test(text)) break;
      return step('rollback');
  }
  if (/\bmikroscope_/i.test(text) && /^(?:rollback|savepoint|release)$/.test(word)) throw refused(word);
  if (family === 'mysql') assertMysql(text, word);
  else assertPostgres(text, word);
  return undefined;
}

function assertMysql(text: string, word: string): void {
  const known =
    MYSQL.has(word) ||
    word === 'rollback' ||
    isSetting('mysql', text) ||
    /^set\s+foreign_key_checks\s*=\s*[01];?\s*$/i.test(text);
  if (!known || /\binto\s+(?:outfile|dumpfile)\b/i.test(text)) throw refused(word);
  // The server's own tables know no transactions.
  const bare = text.replaceAll(/'(?:[^'\\]|\\[^]|'')*'|"(?:[^"\\]|\\[^]|"")*"/g, ' ');
  if (isWriting(text) && /(?<![\w.])`?mysql`?\s*\./i.test(bare)) throw refused('a write to mysql.*');
}

function assertPostgres(text: string, word: string): void {
  if (word === '' || word === 'copy') throw refused(word);
  if (word === 'prepare' && !/^prepare\s+(?!transaction\b)["\w]/i.test(text))
    throw refused('prepare transaction');
  const data = /^(?:insert|update|delete|merge)$/.test(word);
  const bare = text.replaceAll(/\/\*[^]*?\*\//g, ' ');
  const [, name] =
    AT_ONCE.exec(data ? bare.replaceAll(/\be'(?:[^'\\]|\\[^]|'')*'|'(?:[^']|'')*'/gi, ' ') : bare) ?? [];
  if (name !== undefined) throw refused(`${name}()`);
  // An escaped name could be any of those.
  if (/\bu&"/i.test(bare)) throw refused('U&');
}

/** What a sandbox does not run. */
export function refused(what: string, cause?: unknown): MikroscopeError {
  return new MikroscopeError(
    'CannotUndo',
    `A sandbox (--sandbox) does not run ${what === '' ? 'a statement that it cannot read' : what.toUpperCase()}: it could not be undone`,
    'Leave --sandbox out to run it.',
    { cause },
  );
}
