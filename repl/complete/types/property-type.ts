import type { EntityDescription, PropertyDescription, Session } from '../../../src/index.ts';
import { any, entity, listOf, literal, named, nothing, type Type, union } from './type.ts';

/** The type of a property of an entity. */
export function typeOfProperty(property: PropertyDescription, session: Session): Type {
  const { kind, isNullable, isReference } = property;
  if (kind === 'many') return named('Collection', targetOf(property, session));
  const held = kind === 'scalar' ? scalar(property) : targetOf(property, session);
  const one = property.isList && !isListType(held) ? listOf(held) : held;
  const wrapper = kind === 'scalar' ? 'ScalarReference' : 'Reference';
  const type = isReference ? named(wrapper, one) : one;
  return isNullable ? union([type, nothing]) : type;
}

/** The type of what a property refers to or embeds, one of several if its classes are. */
export function targetOf({ targets }: PropertyDescription, session: Session): Type {
  const found = targets.map(target => session.describe(target)).filter(each => each !== undefined);
  return found.length === 0 ? any : union(found.map(entity));
}

/** The type of a value that conditions and assignments give a scalar property. */
export function scalar({ items, type }: PropertyDescription): Type {
  if (items !== undefined) return union(items.map(literal));
  if (type.endsWith('[]')) return listOf(ofName(type.slice(0, -2)));
  return ofName(type);
}

function ofName(name: string): Type {
  if (name === 'Uint8Array') return named('Buffer');
  return /^(?:string|number|boolean|bigint|Date|Buffer)$/.test(name) ? named(name) : any;
}

function isListType(type: Type): boolean {
  return type.kind === 'named' && type.name === 'Array';
}

/** The property of a description by its name. */
export function propertyOf({ properties }: EntityDescription, name: string): PropertyDescription | undefined {
  return properties.find(property => property.name === name);
}
