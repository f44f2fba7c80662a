import { types } from 'node:util';
import type { CompletionContext } from '../context.ts';
import { globalTypes, typeFromText } from './declared.ts';
import { any, boolean, entity, named, nothing, number, string, type Type, union } from './type.ts';

/** How many items of an array tell what it is an array of. */
const shownItems = 3;

/** The type of a value at hand. Looks at it without running code: no getter and no proxy of the user's. */
export function typeOfValue(value: unknown, context: CompletionContext): Type {
  if (value === null || value === undefined) return nothing;
  if (typeof value === 'string') return string;
  if (typeof value === 'number') return number;
  if (typeof value === 'boolean') return boolean;
  if (typeof value !== 'object' && typeof value !== 'function') return named(typeof value);
  if (!isTransparent(value, context)) return any;
  return { kind: 'value', value, as: declaredType(value, context) };
}

/** What is known of the type of an object besides what it holds. */
function declaredType(value: object, context: CompletionContext): Type {
  const { session } = context;
  const description = types.isProxy(value) ? undefined : session.describe(value);
  if (description !== undefined) {
    if (typeof value === 'function') return named('EntityClass', entity(description));
    if (session.isQuery(value)) return named('Query', entity(description));
    return session.isCollection(value) ? named('Collection', entity(description)) : entity(description);
  }
  if (value === session) return named('Session');
  if (Object.getPrototypeOf(value) === Object.getPrototypeOf(session.em)) return named('EntityManager');
  if (Array.isArray(value)) return named('Array', itemType(value, context));
  if (types.isDate(value)) return named('Date');
  if (types.isRegExp(value)) return named('RegExp');
  if (types.isMap(value)) return named('Map', any, any);
  if (types.isSet(value)) return named('Set', any);
  if (types.isNativeError(value)) return named('Error');
  if (types.isUint8Array(value)) return named('Buffer');
  return commandType(value, context) ?? globalTypes.get(value) ?? any;
}

function itemType(list: readonly unknown[], context: CompletionContext): Type {
  const found = Array.from({ length: Math.min(list.length, shownItems) }, (_, index) => {
    const descriptor = Object.getOwnPropertyDescriptor(list, index);
    return descriptor ? typeOfValue(descriptor.value, context) : nothing;
  });
  return found.length === 0 ? any : union(found);
}

/** The type of a function that is a command, which says what it takes and returns. */
function commandType(value: object, { scope, commands }: CompletionContext): Type | undefined {
  if (typeof value !== 'function') return undefined;
  const name: unknown = Object.getOwnPropertyDescriptor(value, 'name')?.value;
  // Those of a project are bound as what a line binds.
  const isCommand =
    scope.isOfSession(value) ||
    (typeof name === 'string' && Object.getOwnPropertyDescriptor(scope.bindings, name)?.value === value);
  if (!isCommand) return undefined;
  const command = commands.find(each => each.name === name);
  return command?.type === undefined ? undefined : typeFromText(command.type);
}

/** The type of what a name of the prompt, or a global, stands for. */
export function typeOfBound(name: string, context: CompletionContext): Type {
  const { scope } = context;
  if (scope.has(name)) return typeOfValue(scope.bindings[name], context);
  const found = Object.getOwnPropertyDescriptor(globalThis, name);
  const isReadable = found !== undefined && ('value' in found || nodeGlobals.has(name));
  return isReadable ? typeOfValue(found.value ?? nodeGlobals.get(name), context) : any;
}

/** Globals that Node.js has as accessors, which return these. */
const nodeGlobals = new Map(
  ['process', 'Buffer'].map(name => [name, Reflect.get(globalThis, name) as unknown] as const),
);

/** Yields a value and its prototypes, nearest first, as far as reading them runs no code. */
export function* owners(value: unknown, context: CompletionContext): Generator<object> {
  if (value === null || value === undefined) return;
  let owner = Object(value) as object | null;
  while (owner && isTransparent(owner, context)) {
    yield owner;
    owner = Object.getPrototypeOf(owner) as object | null;
  }
}

/** Whether reading a value runs no code of the user's: only the shell's own proxies are known to be harmless. */
function isTransparent(value: unknown, { scope }: CompletionContext): boolean {
  return !types.isProxy(value) || scope.provides(value);
}
