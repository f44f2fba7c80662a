import { types } from 'node:util';
import type { CompletionContext } from '../../complete/context.ts';
import { textOf } from '../../evaluate/runtime/function-text.ts';
import { sourceAtHand } from '../../complete/infer/source-at-hand.ts';
import { typeOfValue } from '../../complete/types/values.ts';
import { describedClasses } from './entities.ts';
import { writeType } from './write-type.ts';

/** How many items of an array are looked at; those of a longer one may be anything. */
const maxItems = 200;
/** Longer functions are not looked into. */
const maxSource = 5000;
/** How deep objects within objects are looked into. */
const maxDepth = 3;

const everyName = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
const aKey = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/**
 * Declares the names of the prompt that a text has: by the values that they hold now, which is what the text will find. No
 * getter and no proxy is run for it.
 *
 * @returns the declarations by the names
 */
export function declareVariables(text: string, context: CompletionContext): ReadonlyMap<string, string> {
  const { scope, session } = context;
  const classes = describedClasses(session).filter(
    each => scope.has(each.name) && scope.bindings[each.name] === each.class,
  );
  // The types of other names have them, too.
  const declared = new Map(classes.map(({ name }) => [name, `import { ${name} } from './entities';`]));
  const declare = (part: string) => {
    for (const [name] of part.matchAll(everyName)) {
      if (declared.has(name) || !scope.has(name)) continue;
      const value = scope.bindings[name];
      const source = typeof value === 'function' && !scope.isProvided(name) ? sourceOf(value) : undefined;
      declared.set(name, declaration(name, value, source, context));
      if (source !== undefined) declare(source);
    }
  };
  declare(text);
  return declared;
}

function declaration(
  name: string,
  value: unknown,
  source: string | undefined,
  context: CompletionContext,
): string {
  if (source !== undefined) return `const ${name} = ${source};`;
  const command = context.scope.isProvided(name)
    ? context.commands.find(each => each.name === name)
    : undefined;
  return `declare let ${name}: ${command?.type ?? typeText(value, context, 0)};`;
}

/** The text of a function that was typed, in parentheses; its types are in it. */
function sourceOf(value: object): string | undefined {
  const text = types.isAsyncFunction(value) ? `(${textOf(value)})` : sourceAtHand(value)?.text;
  // A method is one only in an object, and one of a library says nothing of its types.
  return text === undefined ||
    text.startsWith('({') ||
    text.length > maxSource ||
    text.includes('[native code]')
    ? undefined
    : text;
}

function typeText(value: unknown, context: CompletionContext, depth: number): string {
  // A name that holds nothing yet is there to get something.
  if (value === null || value === undefined || types.isProxy(value) || types.isPromise(value)) return 'any';
  if (Array.isArray(value)) return listText(value, context, depth);
  const type = typeOfValue(value, context);
  const text = writeType(type);
  return text === 'any' && isPlain(value) && depth < maxDepth ? objectText(value, context, depth) : text;
}

function listText(list: readonly unknown[], context: CompletionContext, depth: number): string {
  if (list.length > maxItems || list.length === 0) return 'any[]';
  const items = Array.from({ length: list.length }, (_, index) =>
    Object.getOwnPropertyDescriptor(list, index),
  );
  const texts = new Set(
    items.map(item => (item && 'value' in item ? typeText(item.value, context, depth + 1) : 'any')),
  );
  if (texts.has('any')) return 'any[]';
  const [only = 'any', ...others] = texts;
  return others.length === 0 && /^[\w$]+$/.test(only) ? `${only}[]` : `(${[...texts].join(' | ')})[]`;
}

function objectText(value: object, context: CompletionContext, depth: number): string {
  const members = Object.entries(Object.getOwnPropertyDescriptors(value)).map(
    ([name, each]) =>
      `${aKey.test(name) ? name : JSON.stringify(name)}: ${'value' in each ? typeText(each.value, context, depth + 1) : 'any'};`,
  );
  return `{ ${members.join(' ')} }`;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
