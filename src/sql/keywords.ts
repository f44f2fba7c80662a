import type { SqlFamily } from './token.ts';

/**
 * What a statement is for, by its first keyword: `call` runs code that its text does not show, `prepare` keeps a
 * statement for EXECUTE, `unreadable` may be anything.
 */
export type StatementKind =
  | 'read'
  | 'write'
  | 'ddl'
  | 'transaction'
  | 'setting'
  | 'prepare'
  | 'call'
  | 'other'
  | 'unreadable';

type Keywords = Partial<Record<StatementKind, string>>;

const KEYWORDS: Readonly<Record<SqlFamily, Keywords>> = {
  sqlite: {
    read: 'select with values explain',
    write: 'insert update delete replace',
    ddl: 'create alter drop',
    transaction: 'begin commit end rollback savepoint release',
    setting: 'pragma',
    other: 'analyze reindex vacuum attach detach',
  },
  postgresql: {
    read: 'select with values table show explain fetch move',
    write: 'insert update delete merge copy',
    ddl: 'create alter drop truncate comment grant revoke security reassign import refresh',
    transaction: 'begin start commit end rollback abort savepoint release',
    setting: 'set reset discard',
    prepare: 'prepare',
    call: 'do call execute',
    other:
      'declare close deallocate listen unlisten notify analyze analyse lock vacuum cluster reindex checkpoint load',
  },
  mysql: {
    // DO takes expressions here.
    read: 'select with values table show explain describe desc help do checksum',
    write: 'insert update delete replace load import',
    ddl: 'create alter drop truncate rename grant revoke',
    transaction: 'begin start commit rollback savepoint release xa',
    setting: 'set use',
    prepare: 'prepare',
    call: 'call execute',
    other:
      'analyze optimize repair check cache flush kill install uninstall lock unlock purge reset change stop ' +
      'shutdown restart clone binlog deallocate handler signal resignal get backup',
  },
};

const KINDS: Readonly<Record<SqlFamily, ReadonlyMap<string, StatementKind>>> = {
  sqlite: kinds(KEYWORDS.sqlite),
  postgresql: kinds(KEYWORDS.postgresql),
  mysql: kinds(KEYWORDS.mysql),
};

function kinds(keywords: Keywords): ReadonlyMap<string, StatementKind> {
  return new Map(
    Object.entries(keywords).flatMap(([kind, words]) =>
      words.split(' ').map((word): [string, StatementKind] => [word, kind as StatementKind]),
    ),
  );
}

export function kindOf(family: SqlFamily, keyword: string): StatementKind {
  return KINDS[family].get(keyword) ?? 'unreadable';
}

/** The statements of kind `other` that change neither rows nor tables, but for SQLite's ANALYZE, which fills one. */
const HARMLESS = new Set(
  'declare close deallocate listen unlisten analyze analyse lock unlock check checksum handler get'.split(
    ' ',
  ),
);

export function changesData(kind: StatementKind, keyword: string, family: SqlFamily): boolean {
  switch (kind) {
    case 'read':
    case 'transaction':
    case 'setting':
      return false;
    case 'other':
      return !HARMLESS.has(keyword) || (keyword === 'analyze' && family === 'sqlite');
    default:
      return true;
  }
}

/** What ends the work of others, replaces the whole server, throws its log away, or replays a part of one. */
const LOSING = new Set('kill shutdown restart clone reset purge binlog'.split(' '));

export function losesOthersWork(kind: StatementKind, keyword: string, family: SqlFamily): boolean {
  return family === 'mysql' && kind === 'other' && LOSING.has(keyword);
}
