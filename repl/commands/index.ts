import { addAll } from './add-all.ts';
import { add } from './add.ts';
import type { Command } from './command.ts';
import { check } from './check.ts';
import { commit } from './commit.ts';
import { compiled } from './compiled.ts';
import { createAll } from './create-all.ts';
import { dropAll } from './drop-all.ts';
import { entities } from './entities.ts';
import { exit } from './exit.ts';
import { expire } from './expire.ts';
import { expunge } from './expunge.ts';
import { flush } from './flush.ts';
import { get } from './get.ts';
import { help } from './help.ts';
import { merge } from './merge.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import { nested } from './nested.ts';
import { query } from './query.ts';
import { refresh } from './refresh.ts';
import { reload } from './reload.ts';
import { remove } from './remove.ts';
import { rollback } from './rollback.ts';
import { seed } from './seed.ts';
import { sql } from './sql.ts';
import { stack } from './stack.ts';
import { type } from './type.ts';

/** The shell's own commands, in the order in which help lists them. */
export const ownCommands: readonly Command[] = [
  createAll,
  dropAll,
  add,
  addAll,
  remove,
  flush,
  commit,
  rollback,
  nested,
  refresh,
  expire,
  expunge,
  merge,
  query,
  get,
  entities,
  reload,
  migrate,
  migrations,
  seed,
  help,
  exit,
  stack,
  sql,
  type,
  check,
  compiled,
];
