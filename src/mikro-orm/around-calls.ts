import { AsyncLocalStorage } from 'node:async_hooks';
import type { QueryBuilder } from '@mikro-orm/sqlite';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

/** A call of a method of an EntityManager, or of a query builder of one. */
export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly builder?: QueryBuilder;
}

/** What is done with such calls. */
interface Around {
  /** Called before each, and before a query builder streams; the call does not wait where there is nothing to wait for. */
  before(call: Call): Promise<void> | undefined;
  /** Called in place of each. */
  around(call: Call, run: () => Promise<unknown>): Promise<unknown>;
}

type Method = (...args: unknown[]) => Promise<unknown>;
type Create = (...args: unknown[]) => QueryBuilder;
type Stream = (...args: unknown[]) => AsyncIterable<unknown>;

const methods = [
  'callRoutine',
  'count',
  'countBy',
  'execute',
  'find',
  'findOne',
  'flush',
  'insert',
  'insertMany',
  'lock',
  'nativeDelete',
  'nativeUpdate',
  'populate',
  'refresh',
  'transactional',
  'upsert',
  'upsertMany',
] as const;

/** Those of a query builder that send something. */
const sending = ['execute', 'getCount', 'getResultAndCount', 'getResultList', 'getSingleResult'] as const;

/** The EntityManager whose call the running code is part of. */
const inside = new AsyncLocalStorage<SqlEm>();

/** Whether the running code is part of a call of an EntityManager, or of a query builder of it. */
export function isPartOfCall(em: SqlEm): boolean {
  return inside.getStore() === em;
}

/**
 * Has something done around what an EntityManager and its query builders are told to do in the database. What one of these
 * calls another for is part of the first; what a function does that `transactional()` runs is not.
 */
export function aroundCalls(em: SqlEm, around: Around): void {
  wrap(em, em, methods, around);
  replaceMethod<Create>(em, 'createQueryBuilder', create => wrapping(em, create, around));
}

/** Makes what makes query builders wrap those that code of a project asks for, and the copies that it makes of them. */
function wrapping(em: SqlEm, create: Create, around: Around): Create {
  return (...args) => {
    const builder = create(...args);
    if (isPartOfCall(em)) return builder;
    wrap(em, builder, sending, around);
    replaceMethod<Create>(builder, 'clone', clone => wrapping(em, clone, around));
    replaceMethod<Stream>(
      builder,
      'stream',
      stream =>
        async function* (...options) {
          await around.before({ name: 'stream', args: options, builder });
          yield* stream(...options);
        },
    );
    return builder;
  };
}

/** A method keeps its name: others tell it by that. */
function wrap(em: SqlEm, owner: SqlEm | QueryBuilder, names: readonly string[], around: Around): void {
  for (const name of names) {
    const method = Reflect.get(owner, name) as Method | undefined;
    if (method === undefined) continue;
    const wrapped: Method = async (...args) => {
      const run = async () => Reflect.apply(method, owner, args);
      if (isPartOfCall(em)) return run();
      const call = owner === em ? { name, args } : { name, args, builder: owner as QueryBuilder };
      const first = around.before(call);
      if (first !== undefined) await first;
      return around.around(call, () => (name === 'transactional' ? run() : inside.run(em, run)));
    };
    Object.defineProperty(wrapped, 'name', { value: name });
    Object.defineProperty(owner, name, {
      value: wrapped,
      writable: true,
      configurable: true,
      enumerable: false,
    });
  }
}
