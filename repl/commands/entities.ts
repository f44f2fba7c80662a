import { inspect } from 'node:util';
import type { EntitySummary, Session } from '../../src/index.ts';
import { columns } from './columns.ts';
import type { Command, EntityClass } from './command.ts';
import { HelpText } from './help.ts';

export const entities: Command = {
  name: 'entities',
  group: 'Query',
  summary: 'List the entities; entities.User is the entity User, whatever else may have its name.',
  usage: 'entities()',
  example: ['> entities()', 'Post  post  6 properties', 'User  user  5 properties'],
  run: (_, { session }) => new HelpText(table(session.entitySummaries)),
};

/** Gives the `entities` of the prompt the classes as its properties. */
export function hold(bound: Readonly<Record<string, unknown>>, session: Session): void {
  const list = bound['entities'] as object;
  for (const [name, value] of Object.entries({ ...session.embeddables, ...session.entities }))
    Object.defineProperty(list, name, { value, enumerable: true });
  Object.defineProperty(list, inspect.custom, { value: () => table(session.entitySummaries) });
}

/**
 * The names of classes at the prompt. One that is a helper's or a global's goes on to mean that.
 *
 * @param taken what the prompt provides apart from the classes
 */
export function nameClasses(
  session: Session,
  taken: object,
): { bound: Record<string, EntityClass>; hidden: string[] } {
  const all = Object.entries({ ...session.embeddables, ...session.entities });
  const free = ([name]: readonly [string, unknown]) =>
    /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !(name in taken) && !(name in globalThis);
  return {
    bound: Object.fromEntries(all.filter(free)),
    hidden: all.filter(each => !free(each)).map(([name]) => name),
  };
}

function table(summaries: readonly EntitySummary[]): string {
  if (summaries.length === 0) return 'no entities';
  const rows = summaries.map(({ name, table: from, root, properties }) => [
    name,
    `${from ?? 'no table'}${root === undefined ? '' : ` (of ${root})`}`,
    `${properties} ${properties === 1 ? 'property' : 'properties'}`,
  ]);
  return columns(rows);
}
