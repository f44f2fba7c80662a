import { inspect } from 'node:util';
import type { EntityDescription, Session } from '../../../src/index.ts';
import { type KeyNames, textOf } from './table-state.ts';

/** What a variable holds, as it is compared. */
export interface Held {
  /** Two that hold the same have the same text. */
  readonly text: string;
  /** What it is called in a sentence, such as `Corey`. */
  readonly name: string;
  /** For an entity, its class. */
  readonly entity?: string;
  /** For an entity without a row, its fields. */
  readonly fields?: Readonly<Record<string, string>>;
  /** The fields whose values are not to be told. */
  readonly hidden: readonly string[];
  /** Whether it is an entity that the session knows. */
  readonly isTracked: boolean;
}

/** Looks at a value. Nothing is loaded. */
export function hold(value: unknown, session: Session, keys: KeyNames): Held {
  const other = { hidden: [], isTracked: false };
  if (Array.isArray(value)) {
    const texts = value.map(item => hold(item, session, keys).text);
    return { ...other, text: `[${texts.join(', ')}]`, name: `a list of ${value.length}` };
  }
  if (typeof value === 'function') return { ...other, text: 'a function', name: 'a function' };
  if (session.isQuery(value)) return { ...other, text: value.toSql(), name: 'a query' };
  const description = session.isEntity(value) ? session.describe(value) : undefined;
  if (description) return holdEntity(value as object, description, session, keys);
  const text = inspect(value, { depth: 3, breakLength: Number.POSITIVE_INFINITY });
  return { ...other, text, name: text.length > 60 ? `${text.slice(0, 60)}…` : text };
}

function holdEntity(entity: object, description: EntityDescription, session: Session, keys: KeyNames): Held {
  const { name: className, table, properties } = description;
  const isTracked = session.has(entity);
  const hidden = properties.filter(({ isHidden }) => isHidden).map(({ name }) => name);
  const read = (name: string): unknown => Reflect.get(entity, name);
  const own = properties.filter(
    ({ kind, isWritten, isPrimary }) => isWritten && !isPrimary && kind !== 'many',
  );
  const title = own.find(({ name, type }) => type === 'string' && !hidden.includes(name));
  const called = title && read(title.name);
  const name = typeof called === 'string' ? called : `the ${className}`;
  const [primary, ...others] = properties.filter(({ isPrimary }) => isPrimary);
  const key = primary && others.length === 0 && primary.kind === 'scalar' ? read(primary.name) : undefined;
  const shared = { name, entity: className, hidden, isTracked };
  if (key !== undefined && key !== null && isTracked)
    return { ...shared, text: `${className} ${keys(table, key)}` };
  const fields = Object.fromEntries(
    own.map(property => [property.name, fieldOf(read(property.name), session, keys)]),
  );
  return { ...shared, fields, text: `${className} ${JSON.stringify(fields)} ${isTracked}` };
}

/** Of another entity, only which one it is. */
function fieldOf(value: unknown, session: Session, keys: KeyNames): string {
  const description = session.isEntity(value) ? session.describe(value) : undefined;
  if (!description) return textOf(value);
  const primary = description.properties.find(({ isPrimary }) => isPrimary);
  const key: unknown = primary && Reflect.get(value as object, primary.name);
  return `${description.name} ${key == null ? '(new)' : keys(description.table, key)}`;
}
