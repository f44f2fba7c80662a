import { addAll } from './add-all.ts';
import { add } from './add.ts';
import type { Command, CommandContext } from './command.ts';
import { commit } from './commit.ts';
import { createAll } from './create-all.ts';
import { dropAll } from './drop-all.ts';
import { entities } from './entities.ts';
import { expire } from './expire.ts';
import { expunge } from './expunge.ts';
import { flush } from './flush.ts';
import { get } from './get.ts';
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

/** Every command, in the order in which `help` lists them. */
export const commands: readonly Command[] = [
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
];

/** The commands as functions for the prompt, by name. */
export function bindCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return Object.fromEntries(
    commands.map(command => {
      const bound = (...args: unknown[]) => command.run(args, context);
      return [command.name, Object.defineProperty(bound, 'name', { value: command.name })];
    }),
  );
}
