import {
  type EntityDescription,
  joiningOperators,
  type PropertyDescription,
  type Session,
} from '../../../src/index.ts';
import { targetOf, typeOfProperty } from '../types/property-type.ts';
import { alternatives, boolean, entity, listOf, named, number, string, type Type } from '../types/type.ts';
import { type Key, keyFor } from './key.ts';

/** Conditions on an entity: its properties, then what joins conditions. */
export function ofWhere(description: EntityDescription, session: Session): Key[] {
  const where = named('Where', entity(description));
  return [
    ...description.properties.map(property => keyFor(property, session, { kind: 'condition', property })),
    ...joiningOperators.map(name => operator(name, name === '$not' ? where : listOf(where))),
  ];
}

/** Conditions on a property: those on what it refers to or embeds, then operators. */
export function ofCondition(property: PropertyDescription, session: Session): Key[] {
  const inner = alternatives(targetOf(property, session)).flatMap(target =>
    target.kind === 'entity' ? ofWhere(target.entity, session).filter(({ kind }) => kind !== 'operator') : [],
  );
  return [...inner, ...property.operators.map(name => operator(name, operandOf(name, property, session)))];
}

function operator(name: string, wanted: Type): Key {
  return { name, kind: 'operator', wanted, shown: wanted, isRequired: false };
}

/** What an operator compares a property with. */
function operandOf(name: string, property: PropertyDescription, session: Session): Type {
  const condition: Type = { kind: 'condition', property };
  switch (name) {
    case '$in':
    case '$nin':
    case '$and':
    case '$or':
      return listOf(condition);
    case '$not':
      return condition;
    case '$some':
    case '$none':
    case '$every':
      return named('Where', targetOf(property, session));
    case '$exists':
      return boolean;
    case '$size':
      return number;
    case '$like':
    case '$ilike':
    case '$re':
      return string;
    default:
      return property.kind === 'one' ? targetOf(property, session) : typeOfProperty(property, session);
  }
}
