import type { CompletionContext } from '../context.ts';
import { declarations } from '../types/declared.ts';
import { substitute } from '../types/substitute.ts';
import { alternatives, any, known, type Type } from '../types/type.ts';
import { ofCondition, ofWhere } from './condition-keys.ts';
import { ofChanges, ofFields, ofKey, ofOrder } from './field-keys.ts';
import { key, type Key } from './key.ts';

/** The keys of an object of which a type is wanted, in the order in which they are declared. */
export function keysOf(type: Type, context: CompletionContext): readonly Key[] {
  return alternatives(type).flatMap(each => keysOfOne(each, context));
}

function keysOfOne(type: Type, context: CompletionContext): readonly Key[] {
  const { session } = context;
  if (type.kind === 'condition') return ofCondition(type.property, session);
  if (type.kind === 'entity') return ofFields(type.entity, session);
  if (type.kind === 'object') return type.members.map(({ name, type: wanted }) => key(name, wanted));
  if (type.kind !== 'named') return [];
  const of = alternatives(type.of[0] ?? any)
    .map(known)
    .flatMap(each => (each.kind === 'entity' ? [each.entity] : []));
  switch (type.name) {
    case 'Where':
      return of.flatMap(each => ofWhere(each, session));
    case 'Fields':
      return of.flatMap(each => ofFields(each, session));
    case 'Changes':
      return of.flatMap(each => ofChanges(each, session));
    case 'Key':
      return of.flatMap(each => ofKey(each, session));
    case 'Order':
      return of.flatMap(each => ofOrder(each, session));
    default:
      return ofDeclared(type);
  }
}

function ofDeclared({ name, of }: Extract<Type, { kind: 'named' }>): Key[] {
  const declared = declarations().get(name);
  const isPlain = declared?.members.every(({ kind }) => kind === 'property') === true;
  if (!declared || !isPlain) return [];
  const bindings = new Map(declared.variables.map((variable, index) => [variable, of[index] ?? any]));
  return declared.members.map(member => key(member.name, substitute(member.type, bindings)));
}
