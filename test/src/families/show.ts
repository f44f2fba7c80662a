import { Collection, Reference, ScalarReference } from '@mikro-orm/core';
import type { openSession } from '../../../src/index.ts';

export type Session = Awaited<ReturnType<typeof openSession>>;

/** What a value shows, in plain data: an entity is its name, a collection a sorted list of them. */
export async function show(session: Session, value: unknown): Promise<unknown> {
  if (value instanceof ScalarReference || Reference.isReference(value)) return show(session, value.unwrap());
  if (value instanceof Collection) {
    await session.read(value, Symbol.iterator);
    const names = await Promise.all([...value].map(item => show(session, item)));
    return names.map(String).toSorted();
  }
  if (session.isEntity(value)) return session.read(value, 'name');
  return plain(value);
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
  return value;
}
