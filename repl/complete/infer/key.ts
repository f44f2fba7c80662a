import type { PropertyDescription, Session } from '../../../src/index.ts';
import type { CandidateKind } from '../context.ts';
import { typeOfProperty } from '../types/property-type.ts';
import type { Type } from '../types/type.ts';

/** A property that an object is to have. */
export interface Key {
  readonly name: string;
  readonly kind: CandidateKind;
  /** The type that is wanted of its value. */
  readonly wanted: Type;
  /** The type that is shown. */
  readonly shown: Type;
  readonly isRequired: boolean;
}

/** A key that no property of an entity is. */
export function key(name: string, wanted: Type): Key {
  return { name, kind: 'property', wanted, shown: wanted, isRequired: false };
}

/** A key for a property of an entity. */
export function keyFor(property: PropertyDescription, session: Session, wanted: Type): Key {
  const { name, kind, isRequired } = property;
  const isRelation = kind === 'one' || kind === 'many';
  return {
    name,
    kind: isRelation ? 'relation' : 'property',
    wanted,
    get shown() {
      return typeOfProperty(property, session);
    },
    isRequired,
  };
}
