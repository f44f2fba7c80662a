import type { EntityDescription, PropertyDescription } from '../../../src/index.ts';
import type { CandidateKind } from '../context.ts';

/** What is known of a value before it is there. Promises are not among them: what is typed at the prompt waits. */
export type Type =
  | { readonly kind: 'any' }
  /** `null` and `undefined`. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  /** `string`, `Date`, `Array<T>`, `Query<T>` and others by their names. */
  | { readonly kind: 'named'; readonly name: string; readonly of: readonly Type[] }
  /** An object of a class that is mapped. */
  | { readonly kind: 'entity'; readonly entity: EntityDescription }
  /** What may be compared with a property. */
  | { readonly kind: 'condition'; readonly property: PropertyDescription }
  | { readonly kind: 'union'; readonly of: readonly Type[] }
  | { readonly kind: 'function'; readonly signature: Signature }
  /** A function or a class that is written in a text. */
  | { readonly kind: 'written'; readonly written: Written }
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  /** An object at hand, with what is known of its type besides. */
  | { readonly kind: 'value'; readonly value: object; readonly as: Type }
  /** A parameter of a type, such as `T`. */
  | { readonly kind: 'variable'; readonly name: string };

/** What a function or a class in a text says of itself. */
interface Written {
  /** The type that it gives a parameter. */
  readonly parameter: (index: number) => Type;
  readonly returns: () => Type;
  /** The type of the objects that a class makes. */
  readonly instance: () => Type;
}

export interface Parameter {
  readonly name: string;
  readonly type: Type;
  readonly isRest: boolean;
  readonly isOptional: boolean;
}

export interface Signature {
  readonly variables: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly returns: Type;
}

/** What can be read from a value by a name. */
export interface Member {
  readonly name: string;
  readonly kind: CandidateKind;
  readonly type: Type;
  /** 0 for what the value is made of, more for what it inherits. */
  readonly distance: number;
  readonly detail?: string;
}

export const any: Type = { kind: 'any' };
export const nothing: Type = { kind: 'nothing' };

export function named(name: string, ...of: readonly Type[]): Type {
  return { kind: 'named', name, of };
}

export const string: Type = named('string');
export const number: Type = named('number');
export const boolean: Type = named('boolean');

export function literal(value: string | number | boolean): Type {
  return { kind: 'literal', value };
}

export function listOf(type: Type): Type {
  return named('Array', type);
}

export function entity(description: EntityDescription): Type {
  return { kind: 'entity', entity: description };
}

/** One of several types. */
export function union(types: readonly Type[]): Type {
  const flat = types.flatMap(type => (type.kind === 'union' ? type.of : [type]));
  const some = flat.filter((type, index) => flat.findIndex(other => isSame(type, other)) === index);
  const [only] = some;
  return some.length === 1 && only ? only : { kind: 'union', of: some };
}

/** The alternatives of a type, without `null`. */
export function alternatives(type: Type): readonly Type[] {
  return (type.kind === 'union' ? type.of : [type]).filter(({ kind }) => kind !== 'nothing');
}

/** What is known of a type besides the value at hand. */
export function known(type: Type): Type {
  return type.kind === 'value' ? type.as : type;
}

/** A type without `null`. */
export function present(type: Type): Type {
  const [first, ...others] = alternatives(type);
  return first === undefined ? any : others.length === 0 ? first : union([first, ...others]);
}

function isSame(a: Type, b: Type): boolean {
  if (a.kind === 'named' && b.kind === 'named')
    return (
      a.name === b.name &&
      a.of.length === b.of.length &&
      a.of.every((each, i) => isSame(each, b.of[i] ?? any))
    );
  if (a.kind === 'literal' && b.kind === 'literal') return a.value === b.value;
  if (a.kind === 'entity' && b.kind === 'entity') return a.entity === b.entity;
  return a === b || (a.kind === b.kind && (a.kind === 'any' || a.kind === 'nothing'));
}
