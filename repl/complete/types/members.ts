import { types } from 'node:util';
import type { EntityDescription } from '../../../src/index.ts';
import type { CompletionContext } from '../context.ts';
import { declarations, prototypes } from './declared.ts';
import { typeOfProperty } from './property-type.ts';
import { itemOf, substitute } from './substitute.ts';
import { alternatives, any, type Member, named, type Type } from './type.ts';
import { owners, typeOfValue } from './values.ts';

/** Own names of longer lists and texts are their items. */
const maxItems = 1000;

/** The distance of the members that every object has. */
export const ofEveryObject = 50;

/** What can be read from a value of a type, nearest first; nothing twice. */
export function membersOf(type: Type, context: CompletionContext): readonly Member[] {
  const found = new Map<string, Member>();
  for (const each of alternatives(type))
    for (const member of ofOne(each, context)) if (!found.has(member.name)) found.set(member.name, member);
  return [...found.values()];
}

/** The type of what a name reads from a value of a type. */
export function typeOfMember(type: Type, name: string, context: CompletionContext): Type {
  if (type.kind === 'named' && type.name === 'Record') return type.of[1] ?? any;
  return membersOf(type, context).find(member => member.name === name)?.type ?? any;
}

function ofOne(type: Type, context: CompletionContext): Iterable<Member> {
  switch (type.kind) {
    case 'entity':
      return ofEntity(type.entity, context);
    case 'literal':
      return ofOne(named(typeof type.value), context);
    case 'named':
      return ofNamed(type, context);
    case 'object':
      return [...type.members, ...ofObject(Object.prototype, context, ofEveryObject)];
    case 'value': {
      // What an entity inherits, its class is known for.
      const depth = type.as.kind === 'entity' ? 1 : Infinity;
      return [...ofOne(type.as, context), ...ofObject(type.value, context, 0, depth)];
    }
    case 'function':
    case 'written':
      return ofObject(Function.prototype, context);
    default:
      return [];
  }
}

/** The properties, and what the class has besides. */
function ofEntity(entity: EntityDescription, context: CompletionContext): Member[] {
  const { session } = context;
  const properties = entity.properties
    .filter(property => !property.isOfSubclass)
    .map((property): Member => ({
      name: property.name,
      kind: property.kind === 'one' || property.kind === 'many' ? 'relation' : 'property',
      get type() {
        return typeOfProperty(property, session);
      },
      distance: 0,
      ...(property.isPrimary && { detail: 'primary key' }),
    }));
  const prototype: unknown = Object.getOwnPropertyDescriptor(entity.class, 'prototype')?.value;
  const others = ofObject(prototype, context, 1).filter(({ name }) => name !== 'toJSON');
  return [...properties, ...others];
}

function ofNamed({ name, of }: Extract<Type, { kind: 'named' }>, context: CompletionContext): Member[] {
  // What is read through a reference is read from the entity that it stands for.
  const through = name === 'Reference' ? [...membersOf(of[0] ?? any, context)] : [];
  const declared = declarations().get(name);
  const bindings = new Map(declared?.variables.map((variable, index) => [variable, of[index] ?? any]));
  const members = (declared?.members ?? []).map((member): Member => ({
    ...member,
    type: substitute(member.type, bindings),
    distance: through.length > 0 ? 2 : 0,
  }));
  const ofClass: Member[] =
    name === 'EntityClass' && of[0]?.kind === 'entity' && !of[0].entity.isEmbeddable
      ? [{ name: 'query', kind: 'property', type: named('Query', of[0]), distance: 0 }]
      : [];
  const prototype = prototypes.get(name);
  const others = prototype ? ofObject(prototype, context, 1) : [];
  // At the prompt a collection has the methods of lists, too.
  const isList = name === 'Collection' || name === 'Tuple';
  const item = itemOf({ kind: 'named', name, of });
  const ofLists = isList ? ofNamed({ kind: 'named', name: 'Array', of: [item] }, context) : [];
  return [...through, ...ofClass, ...members, ...others, ...ofLists.map(further)];
}

function further(member: Member): Member {
  return {
    ...member,
    get type() {
      return member.type;
    },
    distance: Math.max(1, member.distance),
  };
}

/** The members of an object at hand and its prototypes: what it is made of, nearest first, properties before methods. */
function ofObject(value: unknown, context: CompletionContext, least = 0, depth = Infinity): Member[] {
  return [...owners(value, context)].slice(0, depth).flatMap((owner, index) =>
    ownNames(owner).map((name): Member => {
      const descriptor = Object.getOwnPropertyDescriptor(owner, name);
      const isMethod = isFunction(descriptor?.value);
      const away = isOfEvery(owner, name) ? ofEveryObject : index + least;
      return {
        name,
        kind: isMethod ? 'method' : 'property',
        get type() {
          return descriptor && 'value' in descriptor ? typeOfValue(descriptor.value, context) : any;
        },
        distance: away + (isMethod ? 0.5 : 0),
      };
    }),
  );
}

/** Whether every object, or every function, has a member. */
function isOfEvery(owner: object, name: string): boolean {
  if (owner === Object.prototype || owner === Function.prototype) return true;
  return typeof owner === 'function' && /^(?:length|name|prototype|arguments|caller)$/.test(name);
}

function ownNames(owner: object): string[] {
  const { value: length }: PropertyDescriptor = Object.getOwnPropertyDescriptor(owner, 'length') ?? {};
  if ((Array.isArray(owner) || ArrayBuffer.isView(owner)) && Number(length ?? maxItems) >= maxItems)
    return [];
  return Object.getOwnPropertyNames(owner).filter(name => name !== 'constructor' && !name.startsWith('_'));
}

/** Whether a value is a function, and not a class. Asks no proxy. */
function isFunction(value: unknown): boolean {
  if (typeof value !== 'function' || types.isProxy(value)) return false;
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable !== false;
}
