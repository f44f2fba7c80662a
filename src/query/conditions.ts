import {
  type EntityMetadata,
  type EntityProperty,
  isRaw,
  QueryOperator,
  ReferenceKind,
} from '@mikro-orm/core';
import { types } from 'node:util';
import { isPlainObject, nearest, resolve } from '../entity/properties.ts';
import { invalidValue, nameOfProperty, type Values } from '../entity/values/values.ts';
import { Unfit } from '../entity/values/kind.ts';
import { MikroscopeError } from '../errors.ts';
import { hasKey, isEntity, metaOf } from '../mikro-orm/entity-state.ts';

/**
 * Conditions as people write them, in the form that MikroORM takes: values are checked and converted by the types of their
 * properties, and a path such as `'author.username'` becomes a condition on the relation.
 *
 * @throws MikroscopeError `UnknownProperty` for a property that the entity, or a related one, does not have;
 * `InvalidValue`; `InvalidQuery` for an operator that MikroORM does not know
 */
export function readConditions(values: Values, meta: EntityMetadata, conditions: object): object {
  return new Reader(values).conditions(meta, conditions) as object;
}

class Reader {
  readonly #values: Values;

  constructor(values: Values) {
    this.#values = values;
  }

  conditions(meta: EntityMetadata, given: unknown): unknown {
    if (Array.isArray(given)) return given.map(each => this.conditions(meta, each));
    if (!isPlainObject(given)) return given;
    const read: Record<PropertyKey, unknown> = {};
    const more: object[] = [];
    for (const key of Reflect.ownKeys(given)) {
      const value = given[key as string];
      // A fragment of SQL stands under a symbol.
      if (typeof key === 'symbol') read[key] = value;
      else if (key.startsWith('$')) read[key] = this.#group(meta, key, value);
      else if (key.includes('.')) more.push(this.#path(meta, key, value));
      else read[key] = this.#value(meta, resolve(meta, key), value);
    }
    if (more.length === 0) return read;
    return { $and: [...(Reflect.ownKeys(read).length > 0 ? [read] : []), ...more] };
  }

  /** `$and`, `$or` and `$not` of conditions, or an operator on the primary key. */
  #group(meta: EntityMetadata, operator: string, value: unknown): unknown {
    if (['$and', '$or', '$not'].includes(operator)) return this.conditions(meta, value);
    const [name = ''] = meta.primaryKeys;
    return meta.compositePK ? value : this.#operator(meta, resolve(meta, name), operator, value);
  }

  /** `author.username` is what `{ author: { username: … } }` is. */
  #path(meta: EntityMetadata, path: string, value: unknown): object {
    resolve(meta, path);
    const nested = path.split('.').reduceRight((inner, name) => ({ [name]: inner }), value) as object;
    return this.conditions(meta, nested) as object;
  }

  #value(meta: EntityMetadata, prop: EntityProperty, value: unknown): unknown {
    const name = nameOfProperty(meta, prop.name);
    if (value === undefined) throw noValue(name);
    if (value === null || isRaw(value) || isQueryBuilder(value)) return value;
    if (prop.kind === ReferenceKind.EMBEDDED) {
      if (typeof value === 'object') return this.#embedded(meta, prop, value, name);
      throw invalidValue(name, `a ${prop.type}`, new Unfit(value));
    }
    if (prop.targetMeta !== undefined) return this.#relation(meta, prop, value, name);
    if (isPlainObject(value) && (isOperators(value) || !isObject(this.#values, prop)))
      return this.#operators(meta, prop, value);
    if (!Array.isArray(value)) return this.#scalar(prop, value, name);
    // MikroORM takes a list for one of its values, also the list that a property holds.
    return isObject(this.#values, prop)
      ? { $eq: this.#scalar(prop, value, name) }
      : value.map(each => this.#scalar(prop, each, name));
  }

  #scalar(prop: EntityProperty, value: unknown, name: string): unknown {
    if (types.isRegExp(value) || isQueryBuilder(value)) return value;
    const read = this.#values.read(prop, value, name);
    // Of JSON it may be a condition on a part.
    return isPlainObject(read) ? inJson(read, false) : read;
  }

  #embedded(meta: EntityMetadata, prop: EntityProperty, value: object, name: string): unknown {
    if (Array.isArray(value) || isOperators(value)) return value;
    const read = Object.entries(value).flatMap(([field, inner]: [string, unknown]) => {
      const known = prop.embeddedProps[field] ?? resolve(targetOf(prop), field);
      // An object of the class may lack some.
      return inner === undefined && !isPlainObject(value) ? [] : [[field, this.#value(meta, known, inner)]];
    });
    if (read.length === 0) throw invalidValue(name, `a ${prop.type}`, new Unfit(value));
    const conditions: unknown = Object.fromEntries(read);
    if (prop.object !== true && prop.array !== true) return conditions;
    return inJson(conditions, this.#values.jsonIsText && prop.array !== true);
  }

  #relation(meta: EntityMetadata, prop: EntityProperty, value: unknown, name: string): unknown {
    if (isPlainObject(value))
      return isOperators(value) ? this.#operators(meta, prop, value) : this.conditions(targetOf(prop), value);
    if (Array.isArray(value) && !isKey(targetOf(prop), value))
      return value.map(each => this.#value(meta, prop, each));
    return this.#values.readReference(prop, value, name);
  }

  #operators(meta: EntityMetadata, prop: EntityProperty, operators: Record<string, unknown>): unknown {
    // No operators at all would be met by every row.
    if (!isOperators(operators))
      throw invalidValue(
        nameOfProperty(meta, prop.name),
        this.#values.kindOf(prop).label,
        new Unfit(operators),
      );
    return Object.fromEntries(
      Object.entries(operators).map(([name, value]) => {
        // MikroORM takes only operators there.
        const operator = name === '$not' && !isPlainObject(value) ? '$ne' : name;
        return [operator, this.#operator(meta, prop, operator, value)];
      }),
    );
  }

  #operator(meta: EntityMetadata, prop: EntityProperty, operator: string, value: unknown): unknown {
    assertOperator(operator);
    if (ON_MEMBERS.has(operator) && prop.targetMeta !== undefined)
      return this.conditions(prop.targetMeta, value);
    if (ON_LISTS.has(operator) && Array.isArray(value))
      return value.map(each => this.#value(meta, prop, each));
    // Only `$in` and a condition without an operator take a list for one of its values.
    if (COMPARING.has(operator) && Array.isArray(value) && prop.targetMeta === undefined)
      return this.#scalar(prop, value, nameOfProperty(meta, prop.name));
    // The others take patterns, flags, counts and names.
    const isOther = !COMPARING.has(operator) && !ON_LISTS.has(operator) && operator !== '$not';
    return isOther && value !== undefined ? value : this.#value(meta, prop, value);
  }
}

/** Operators that compare with a value of the property. */
const COMPARING: ReadonlySet<string> = new Set(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte']);
/** Operators that compare with each of several. */
const ON_LISTS: ReadonlySet<string> = new Set(['$in', '$nin']);
/** Operators with conditions on the members of a collection. */
const ON_MEMBERS: ReadonlySet<string> = new Set(['$some', '$none', '$every']);
const KNOWN: readonly string[] = [...Object.keys(QueryOperator), '$and', '$or', '$flags'];

function assertOperator(operator: string): void {
  if (KNOWN.includes(operator)) return;
  const near = nearest(operator, KNOWN);
  throw new MikroscopeError(
    'InvalidQuery',
    `There is no operator '${operator}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
  );
}

function isOperators(value: object): boolean {
  const names = Object.keys(value);
  return names.length > 0 && names.every(name => name.startsWith('$'));
}

/** Whether the values of a property are lists or objects themselves. */
function isObject(values: Values, prop: EntityProperty): boolean {
  return values.kindOf(prop).isObject === true;
}

/**
 * Values as they are compared with a part of JSON: in JSON a date is a text, and MikroORM would compare with what a column
 * holds.
 *
 * @param isText whether the part is read as a text, which equals no number
 */
function inJson(value: unknown, isText: boolean): unknown {
  if (types.isDate(value)) return value.toISOString();
  if (Array.isArray(value)) return value.map(each => inJson(each, isText));
  if (isPlainObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        if (inner === undefined) throw noValue(name);
        return [name, inJson(inner, isText && !ORDERING.has(name))];
      }),
    );
  }
  return isText && (typeof value === 'number' || typeof value === 'boolean') ? String(value) : value;
}

/** A text is not ordered as a number is: the database refuses. */
const ORDERING: ReadonlySet<string> = new Set(['$gt', '$gte', '$lt', '$lte']);

function noValue(name: string): MikroscopeError {
  return new MikroscopeError(
    'InvalidValue',
    `The condition on ${name} has no value: it is undefined`,
    'null looks for rows without a value.',
  );
}

function targetOf(prop: EntityProperty): EntityMetadata {
  return prop.targetMeta as EntityMetadata;
}

/** Whether a list is a key of several parts, and not a list of keys. */
function isKey({ compositePK, primaryKeys, root }: EntityMetadata, value: readonly unknown[]): boolean {
  if (!compositePK || value.length !== primaryKeys.length) return false;
  return !value.every(each => Array.isArray(each) || (isEntity(each) && metaOf(each).root === root));
}

/** A query within the query. */
function isQueryBuilder(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'getNativeQuery' in value;
}

/**
 * @throws MikroscopeError `BadArgument` for an entity without a key, in conditions or new values, which MikroORM would
 * take for NULL
 */
export function assertInDatabase(values: unknown): void {
  if (Array.isArray(values) || isPlainObject(values)) {
    for (const value of Object.values(values)) assertInDatabase(value);
  } else if (isEntity(values) && !hasKey(values)) {
    throw new MikroscopeError(
      'BadArgument',
      `This ${metaOf(values).className} is not in the database, so nothing there refers to it`,
      'add() it first.',
    );
  }
}
