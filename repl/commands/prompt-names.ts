import type { Session } from '../../src/index.ts';
import { type Command, type CommandContext, type EntityClass, wordsOf } from './command.ts';
import { makeDb } from './db.ts';
import { holdClasses } from './entities.ts';

/** The names that a shell provides. */
export interface PromptNames {
  readonly names: Readonly<Record<string, unknown>>;
  /** The classes whose names are taken by something else, which only `entities` holds. */
  readonly hidden: readonly string[];
  /** The functions of the session, and the objects that have such methods. */
  readonly ofSession: readonly unknown[];
}

/**
 * The names that a prompt starts with: the commands, the session, MikroORM's own objects and the entities.
 *
 * @param more more names, which replace those of the same name
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
  return {
    names: { ...free, ...names },
    hidden,
    ofSession: [...Object.values(functions), session, session.em],
  };
}

/** The functions of commands, by name. */
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

/** The classes whose names are free: one that a command or a global has keeps its meaning. */
function classNames(
  session: Session,
  taken: object,
): { readonly free: Readonly<Record<string, EntityClass>>; readonly hidden: readonly string[] } {
  const all = Object.entries({ ...session.embeddables, ...session.entities });
  const isFree = ([name]: readonly [string, unknown]) =>
    /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !(name in taken) && !kept.has(name);
  return {
    free: Object.fromEntries(all.filter(isFree)),
    hidden: all.filter(each => !isFree(each)).map(([name]) => name),
  };
}

/** The globals of the language, and those of Node that are its own; what it has of browsers is not among them. */
const kept: ReadonlySet<string> = new Set(
  `AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Boolean Buffer DataView
  Date DisposableStack Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity Int16Array
  Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set
  SharedArrayBuffer String SuppressedError Symbol SyntaxError Temporal TypeError URIError Uint16Array Uint32Array Uint8Array
  Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly console decodeURI decodeURIComponent encodeURI encodeURIComponent escape
  eval fetch global globalThis isFinite isNaN parseFloat parseInt process undefined unescape`.split(/\s+/),
);
