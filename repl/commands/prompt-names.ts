import type { Session } from '../../src/index.ts';
import { type Command, type CommandContext, type EntityClass, wordsOf } from './command.ts';
import { makeDb } from './db.ts';
import { holdClasses } from './entities.ts';

/** What the shell gives to a prompt. */
export interface PromptNames {
  readonly names: Readonly<Record<string, unknown>>;
  /** The classes whose names mean something else already: they are in `entities` only. */
  readonly hidden: readonly string[];
}

/**
 * The names that a prompt starts with: the commands, the session and MikroORM's own objects, and the entities.
 *
 * @param more names that go before the others
 */
export function promptNames(context: CommandContext, more: Readonly<Record<string, unknown>>): PromptNames {
  const { session } = context;
  const functions = bindCommands(context.commands, context);
  holdClasses(functions['entities'] as object, session);
  const names = {
    ...functions,
    db: makeDb(functions, session),
    session,
    em: session.em,
    orm: session.orm,
    ...more,
  };
  const { free, hidden } = classNames(session, names);
  return { names: { ...free, ...names }, hidden };
}

/** Commands as the functions that a prompt calls, by name. */
export function bindCommands(
  commands: readonly Command[],
  context: CommandContext,
): Record<string, (...args: unknown[]) => unknown> {
  return Object.fromEntries(
    commands.flatMap(command => {
      const bound = (...args: unknown[]) => command.run(args, context);
      Object.defineProperty(bound, 'name', { value: command.name });
      return wordsOf(command)
        .filter(word => !word.startsWith('.'))
        .map(word => [word, bound] as const);
    }),
  );
}

/** The classes by the names that are free. One that is a command's or a global's goes on to mean that. */
function classNames(
  session: Session,
  taken: object,
): { readonly free: Readonly<Record<string, EntityClass>>; readonly hidden: readonly string[] } {
  const all = Object.entries({ ...session.embeddables, ...session.entities });
  const isFree = ([name]: readonly [string, unknown]) =>
    /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !(name in taken) && !(name in globalThis);
  return {
    free: Object.fromEntries(all.filter(isFree)),
    hidden: all.filter(each => !isFree(each)).map(([name]) => name),
  };
}
