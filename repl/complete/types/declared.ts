import { children, parse } from '../analyze/tree.ts';
import { javaScript } from '../declarations/java-script.ts';
import { mikroOrm } from '../declarations/mikro-orm.ts';
import { mikroscope } from '../declarations/mikroscope.ts';
import { readMembers } from './read-type.ts';
import { any, type Member, named, type Type } from './type.ts';

/** What is declared of the objects of one type. */
export interface Interface {
  readonly variables: readonly string[];
  readonly members: readonly Member[];
}

let read: ReadonlyMap<string, Interface> | undefined;

/** The types that are declared beside this file, by name. */
export function declarations(): ReadonlyMap<string, Interface> {
  read ??= new Map([mikroscope, mikroOrm, javaScript].flatMap(readInterfaces));
  return read;
}

function readInterfaces(text: string): [name: string, Interface][] {
  return children(parse(text), 'InterfaceDeclaration').map(node => {
    const nameOf = (each: { from: number; to: number }) => text.slice(each.from, each.to);
    const list = node.getChild('TypeParamList');
    const variables = list ? children(list, 'TypeDefinition').map(nameOf) : [];
    const names = { text, variables: new Set(variables), resolve: () => undefined };
    const [body] = children(node, 'ObjectType');
    const [name] = children(node, 'TypeDefinition');
    return [name ? nameOf(name) : '', { variables, members: body ? readMembers(body, names) : [] }];
  });
}

const readTexts = new Map<string, Type>();

/** A type that is declared elsewhere as a text, such as that of a command. */
export function typeFromText(text: string): Type {
  let type = readTexts.get(text);
  if (type === undefined) {
    const whole = `interface I { it: ${text} }`;
    const names = { text: whole, variables: new Set<string>(), resolve: () => undefined };
    const [body] = children(parse(whole).firstChild ?? parse(whole), 'ObjectType');
    type = (body && readMembers(body, names)[0]?.type) ?? any;
    readTexts.set(text, type);
  }
  return type;
}

/** The prototypes of JavaScript's own types, whose other members complete what is declared of them. */
export const prototypes: ReadonlyMap<string, object> = new Map<string, object>([
  ['string', String.prototype],
  ['number', Number.prototype],
  ['boolean', Boolean.prototype],
  ['bigint', BigInt.prototype],
  ['symbol', Symbol.prototype],
  ['Array', Array.prototype],
  ['Date', Date.prototype],
  ['RegExp', RegExp.prototype],
  ['Map', Map.prototype],
  ['Set', Set.prototype],
  ['Error', Error.prototype],
  ['Buffer', Buffer.prototype],
  ['Uint8Array', Uint8Array.prototype],
  ['Function', Function.prototype],
]);

/** The types of globals that are declared, by the values themselves. */
export const globalTypes: ReadonlyMap<unknown, Type> = new Map<unknown, Type>([
  [Object, named('ObjectConstructor')],
  [Array, named('ArrayConstructor')],
  [String, named('StringConstructor')],
  [Number, named('NumberConstructor')],
  [Date, named('DateConstructor')],
  [Promise, named('PromiseConstructor')],
  [JSON, named('JSON')],
  [Math, named('Math')],
]);

/** What JavaScript's own functions return when they are called without `new`. */
export const conversions: ReadonlyMap<unknown, Type> = new Map<unknown, Type>([
  [String, named('string')],
  [Number, named('number')],
  [Boolean, named('boolean')],
  [BigInt, named('bigint')],
  [Date, named('string')],
  [Array, named('Array', any)],
  [structuredClone, any],
]);

/** The instances of JavaScript's own classes. */
export const constructed: ReadonlyMap<unknown, Type> = new Map<unknown, Type>([
  [Date, named('Date')],
  [Map, named('Map', any, any)],
  [Set, named('Set', any)],
  [Array, named('Array', any)],
  [RegExp, named('RegExp')],
  [Error, named('Error')],
  [TypeError, named('Error')],
]);
