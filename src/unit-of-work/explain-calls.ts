import { DriverException, type EntityClass, Reference, ValidationError } from '@mikro-orm/core';
import { inspect } from 'node:util';
import { asDriverException } from '../dialects/failure.ts';
import { MikroscopeError } from '../errors.ts';
import type { AttemptedWrites } from '../flush-errors/attempted-writes.ts';
import { statementError } from '../flush-errors/flush-error.ts';
import { statementWrites } from '../flush-errors/statement-writes.ts';
import { aroundCalls, type Call } from '../mikro-orm/around-calls.ts';
import { isEntity } from '../mikro-orm/entity-state.ts';
import { flushFirst } from '../mikro-orm/flush-first.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { standIn } from '../mikro-orm/stand-in.ts';
import type { CallGate } from './call-gate.ts';
import { hasPending } from './changes.ts';
import { assertTracked } from './object-states.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** Those that write and flush nothing before: what was flushed in a savepoint would be undone with it. */
const SPARED = /^(?:execute|callRoutine|(?:insert|upsert)(?:Many)?|native(?:Update|Delete))$/;

/** Those that are sentences already. */
const explainedErrors = new WeakSet<Error>();

const INSERTING = /^(?:insert|upsert)(?:Many)?$/;

/**
 * Makes the errors of what an EntityManager and its query builders do sentences, as those of the session are. They stay of
 * the classes that MikroORM throws, so that code which tells them apart by these finds them.
 */
export function explainCalls(gate: CallGate, unit: UnitOfWork): void {
  const { em } = unit;
  aroundCalls(em, {
    before: flushFirst(em, () => hasPending(em)),
    async around(call, run) {
      // Whoever has called that explains it.
      if (gate.isInside) return run();
      if (call.name === 'refresh') assertRefreshed(em, call.args[0]);
      try {
        return await (unit.isAtRisk && SPARED.test(call.name)
          ? gate.exclusively(() => unit.sparing(run))
          : run());
      } catch (error) {
        throw await gate.exclusively(() => explained(unit, call, error));
      }
    },
  });
}

/**
 * MikroORM reads a row into an object that nobody looks after, too, and into another one for the session.
 *
 * @throws MikroscopeError `Detached`, `BadArgument` for no entity
 */
function assertRefreshed(em: SqlEm, value: unknown): void {
  const entity: unknown = Reference.unwrapReference(value as object);
  if (isEntity(entity)) return assertTracked(em, entity);
  throw new MikroscopeError(
    'BadArgument',
    `em.refresh() takes an entity, and got ${inspect(value, { depth: 0, breakLength: Infinity })}`,
  );
}

async function explained(unit: UnitOfWork, call: Call, thrown: unknown): Promise<unknown> {
  const error = asDriverException(unit.em.getDriver(), thrown) as Error;
  try {
    return await unit.recovering(() => Promise.reject(error), attemptedBy(unit.em, call));
  } catch (told) {
    return told instanceof MikroscopeError ? inClassOfCause(told) : told;
  }
}

/**
 * What is thrown by something else than the session and its EntityManager, as a fork or Kysely, in the same words. A stack
 * stays what it was.
 */
export async function explainedElsewhere(em: SqlEm, thrown: unknown): Promise<unknown> {
  const error = asDriverException(em.getDriver(), thrown);
  if (!(error instanceof DriverException || error instanceof ValidationError) || explainedErrors.has(error))
    return thrown;
  const told = await statementError(em, error);
  if (!(told instanceof MikroscopeError)) return thrown;
  return Object.defineProperty(inClassOfCause(told), 'stack', { value: error.stack, configurable: true });
}

/** What a call was to write; undefined for one that reads, or of which that is not known. */
function attemptedBy(em: SqlEm, { name, args }: Call): AttemptedWrites | undefined {
  const [type, second, third] = args;
  const meta = typeof type === 'function' ? em.getMetadata().find(type as EntityClass<object>) : undefined;
  if (INSERTING.test(name)) {
    const rows = [second ?? type].flat() as object[];
    const known = rows.filter(row => isEntity(row) || meta !== undefined);
    return {
      written: () => known.map(row => [isEntity(row) ? row : standIn(em, meta as never, row), 'new']),
    };
  }
  if (meta === undefined) return undefined;
  if (name === 'nativeDelete') return statementWrites(em, meta, Object(second) as object);
  return name === 'nativeUpdate'
    ? statementWrites(em, meta, Object(second) as object, Object(third) as object)
    : undefined;
}

/** An error of the class and with the fields of what caused it, and the words of mikroscope. */
function inClassOfCause(error: MikroscopeError): Error {
  const { cause, message, hint, code } = error;
  if (!(cause instanceof DriverException || cause instanceof ValidationError)) return error;
  const told = new Error(message, { cause });
  Object.setPrototypeOf(told, Object.getPrototypeOf(cause) as object);
  explainedErrors.add(told);
  const { stack: _, message: __, name: ___, ...fields } = Object.getOwnPropertyDescriptors(cause);
  return Object.defineProperties(told, {
    code: { value: code, writable: true, configurable: true },
    ...fields,
    name: { value: code, configurable: true },
    hint: { value: hint, configurable: true },
  });
}
