import { types } from 'node:util';
import type { Session } from '../../src/index.ts';
import type { Scope } from '../evaluate/runtime/scope.ts';

/** Where the prompt refers to something of a session. */
export interface SessionReference {
  /** The name of the variable. */
  readonly name: string;
  /** An entity, a collection, an entity class or a query. */
  readonly value: object;
  /** Replaces the value. @returns whether it could be replaced */
  readonly put: (value: unknown) => boolean;
}

/** Finds what variables hold of a session, directly or in an array or a plain object. No getter runs. */
export function sessionReferences(scope: Scope, session: Session): SessionReference[] {
  return Object.keys(scope.bindings).flatMap(name => {
    const value = scope.bindings[name];
    if (isOf(session, value)) {
      const put = (other: unknown) => {
        scope.replace(name, other);
        return true;
      };
      return [{ name, value, put }];
    }
    if (!isHolder(value)) return [];
    return Object.entries(Object.getOwnPropertyDescriptors(value)).flatMap(([key, { value: held }]) =>
      isOf(session, held)
        ? [{ name, value: held, put: (other: unknown) => Reflect.set(value, key, other) }]
        : [],
    );
  });
}

function isOf(session: Session, value: unknown): value is object {
  return (
    session.isEntity(value) ||
    session.isCollection(value) ||
    session.isEntityClass(value) ||
    session.isQuery(value)
  );
}

function isHolder(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
