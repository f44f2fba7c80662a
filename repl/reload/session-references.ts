import { types } from 'node:util';
import type { Session } from '../../src/index.ts';
import type { Scope } from '../evaluate/runtime/scope.ts';

/** Where something of a session is kept at the prompt. */
export interface SessionReference {
  /** The variable. */
  readonly name: string;
  /** An entity, a collection, a class, or a query. */
  readonly value: object;
  /** Puts something else there. @returns whether that could be done */
  readonly put: (value: unknown) => boolean;
}

/** What typed lines keep of a session in variables: by itself, in arrays, and in plain objects. No getter runs. */
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
