import type { EntityDescription, PropertyDescription, Session } from '../../../src/index.ts';
import { propertyOf, targetOf, typeOfProperty } from '../types/property-type.ts';
import { listOf, literal, named, type Type, union } from '../types/type.ts';
import { type Key, keyFor } from './key.ts';

/** What a new object takes; what it needs comes first, and a key that comes by itself last. */
export function ofFields(description: EntityDescription, session: Session): Key[] {
  const all = description.properties
    .filter(property => !property.isOfSubclass)
    .map(property => keyFor(property, session, valueOf(property, session)));
  const isKey = ({ name }: Key) => propertyOf(description, name)?.isPrimary === true;
  const order = (one: Key) => (one.isRequired ? 0 : isKey(one) ? 2 : 1);
  return all.toSorted((a, b) => order(a) - order(b));
}

/** What `update()` can set: columns, but for the primary key. */
export function ofChanges(description: EntityDescription, session: Session): Key[] {
  return ofFields(description, session).filter(({ name }) => {
    const property = propertyOf(description, name);
    return property?.isWritten === true && !property.isPrimary;
  });
}

/** The parts of a primary key, if it has several. */
export function ofKey({ properties }: EntityDescription, session: Session): Key[] {
  const parts = properties.filter(({ isPrimary }) => isPrimary);
  return parts.length > 1 ? parts.map(part => keyFor(part, session, valueOf(part, session))) : [];
}

/** What a property is given: of a `Ref`, the entity itself. */
function valueOf(property: PropertyDescription, session: Session): Type {
  if (property.kind === 'many') return listOf(targetOf(property, session));
  return property.kind === 'one' ? targetOf(property, session) : typeOfProperty(property, session);
}

/** The directions of an order. */
const direction = union(
  ['asc', 'desc', 'asc nulls first', 'asc nulls last', 'desc nulls first', 'desc nulls last'].map(literal),
);

/** What orders an entity's rows. */
export function ofOrder(description: EntityDescription, session: Session): Key[] {
  return description.properties.map(property => {
    const target = targetOf(property, session);
    return keyFor(property, session, target.kind === 'any' ? direction : named('Order', target));
  });
}
