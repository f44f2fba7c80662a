import {
  ArrayType,
  BigIntType,
  type EntityMetadata,
  type EntityProperty,
  isRaw,
  JsonType,
  raw,
  ReferenceKind,
} from '@mikro-orm/core';
import { types } from 'node:util';
import { nearest } from '../entity/nearest.ts';
import { isPlainObject, resolve } from '../entity/properties.ts';
import { invalidValue, nameOfProperty, type Values } from '../entity/values/values.ts';
import { Unfit } from '../entity/values/kind.ts';
import { MikroscopeError } from '../errors.ts';
import { assertApplies, assertComparable, assertHasColumn, assertSingleKey, isList } from './applicable.ts';
import { noList, notComparable, noValue } from './condition-errors.ts';
import { hasKey, isEntity, metaOf } from '../mikro-orm/entity-state.ts';
import { isToSeveral, kindOfSeveral, readSeveral } from '../mikro-orm/several-classes.ts';
import { inJson } from './json-conditions.ts';
import {
  COMPARING,
  CONTAINING,
  GROUPING,
  isNoList,
  isOperators,
  isQueryBuilder,
  KNOWN,
  ON_LISTS,
  ON_MEMBERS,
  ORDERING,
  PATTERNS,
  RARE_PATTERNS,
  takeOutNot,
  withoutExists,
} from './operators.ts';

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
      else {
        const { kept, negated } = takeOutNot(value, resolve(meta, key));
        if (kept !== undefined || negated.length === 0)
          read[key] = this.#value(meta, resolve(meta, key), kept);
        for (const each of negated) more.push({ $not: this.conditions(meta, { [key]: each }) });
      }
    }
    if (more.length === 0) return read;
    return { $and: [...(Reflect.ownKeys(read).length > 0 ? [read] : []), ...more] };
  }

  /** `$and`, `$or` and `$not` of conditions, or an operator on the primary key. */
  #group(meta: EntityMetadata, operator: string, value: unknown): unknown {
    if (GROUPING.has(operator) && !Array.isArray(value)) throw noList(meta.className, operator);
    if (GROUPING.has(operator) || operator === '$not') return this.conditions(meta, value);
    const [name = ''] = meta.primaryKeys;
    this.#assertOperator(operator);
    assertSingleKey(meta, operator);
    return this.#operator(meta, resolve(meta, name), operator, value);
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
    // MikroORM would compare both parts of the key with one NULL.
    if (value === null && isList(prop) && targetOf(prop).compositePK) return { $none: {} };
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
    // MikroORM would make a bigint of a pattern.
    const isPattern = types.isRegExp(value) && !(prop.customType instanceof BigIntType);
    if (isPattern) this.#assertText(prop, name, 'a pattern');
    if (isPattern && value.flags !== '') this.#assertOperator('$re');
    if (isPattern || isQueryBuilder(value)) return value;
    const read = this.#values.read(prop, value, name);
    // Of JSON it may be a condition on a part.
    return isPlainObject(read) ? inJson(read, name, this.#assertOperator) : read;
  }

  #embedded(meta: EntityMetadata, prop: EntityProperty, value: object, name: string): unknown {
    if (Array.isArray(value)) return value;
    const read = Object.entries(value).flatMap(([field, inner]: [string, unknown]) => {
      if (field.startsWith('$')) return [[field, this.#embeddedGroup(meta, prop, field, inner, name)]];
      const known = prop.embeddedProps[field] ?? resolve(targetOf(prop), field);
      // An object of the class may lack some.
      if (inner === undefined && !isPlainObject(value)) return [];
      if (prop.array === true) assertComparable(nameOfProperty(meta, known.name), known, inner);
      return [[field, this.#value(meta, known, inner)]];
    });
    if (read.length === 0) throw invalidValue(name, `a ${prop.type}`, new Unfit(value));
    const conditions: unknown = Object.fromEntries(read);
    return prop.object === true || prop.array === true
      ? inJson(conditions, name, this.#assertOperator)
      : conditions;
  }

  #embeddedGroup(
    meta: EntityMetadata,
    prop: EntityProperty,
    operator: string,
    value: unknown,
    name: string,
  ): unknown {
    this.#assertOperator(operator);
    assertHasColumn(prop, operator, name);
    if (!GROUPING.has(operator) && operator !== '$not') return value;
    const read = (each: unknown) =>
      typeof each === 'object' && each !== null ? this.#embedded(meta, prop, each, name) : each;
    return Array.isArray(value) ? value.map(read) : read(value);
  }

  #relation(meta: EntityMetadata, prop: EntityProperty, value: unknown, name: string): unknown {
    if (isToSeveral(prop)) {
      if (Array.isArray(value) && readSeveral(prop, value) === undefined)
        return { $in: value.map(each => this.#values.readColumn(prop, each, name)) };
      if (Array.isArray(value)) return value;
      // MikroORM would compare it with the column that names the class.
      const names = isPlainObject(value) ? Object.keys(value) : [];
      if (names.length > 0 && names.every(one => targetOf(prop).primaryKeys.includes(one as never)))
        throw invalidValue(name, kindOfSeveral(prop), new Unfit(value));
    }
    if (isPlainObject(value))
      return isOperators(value) ? this.#operators(meta, prop, value) : this.conditions(targetOf(prop), value);
    if (Array.isArray(value) && !isKey(targetOf(prop), value))
      return value.map(each => this.#value(meta, prop, each));
    return this.#values.readColumn(prop, value, name);
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
      Object.entries(operators).map(([name, given]) => {
        const [operator, value] = withoutExists(name, given);
        return [operator, this.#operator(meta, prop, operator, value)];
      }),
    );
  }

  #operator(meta: EntityMetadata, prop: EntityProperty, operator: string, value: unknown): unknown {
    this.#assertOperator(operator);
    const name = nameOfProperty(meta, prop.name);
    assertApplies(prop, operator, name);
    if (ON_LISTS.has(operator) && isNoList(value)) throw noList(name, operator);
    if (PATTERNS.has(operator)) return this.#pattern(prop, operator, value, name);
    if (ON_MEMBERS.has(operator) && prop.targetMeta !== undefined)
      return this.conditions(prop.targetMeta, value);
    if (prop.targetMeta === undefined && holdsJson(prop)) return this.#json(meta, prop, operator, value);
    if (ON_LISTS.has(operator) && Array.isArray(value))
      return value.map(each => this.#value(meta, prop, each));
    // MikroORM would put it in brackets.
    if (COMPARING.has(operator) && Array.isArray(value) && prop.targetMeta === undefined)
      return this.#scalar(prop, value, name);
    // The others take flags, counts and names.
    const isOther = !COMPARING.has(operator) && !ON_LISTS.has(operator);
    return isOther && value !== undefined ? value : this.#value(meta, prop, value);
  }

  #pattern(prop: EntityProperty, operator: string, value: unknown, name: string): unknown {
    if (value === undefined) throw noValue(name);
    if (isRaw(value) || prop.targetMeta !== undefined) return value;
    this.#assertText(prop, name, `'${operator}'`);
    const text = types.isRegExp(value) && value.flags === '' ? value.source : value;
    if (typeof text === 'string') return text;
    throw invalidValue(`What '${operator}' compares ${name} with`, 'a text', new Unfit(value));
  }

  /** A database would compare its own form of the value, or refuse. */
  #assertText(prop: EntityProperty, name: string, what: string): void {
    const { label, isObject: mayBeObject } = this.#values.kindOf(prop);
    const isText = label === 'a text' || label.startsWith('one of') || (mayBeObject && !holdsJson(prop));
    if (isText) return;
    throw new MikroscopeError(
      'InvalidQuery',
      `${name} is ${label}, and ${what} compares texts`,
      'Compare in JavaScript, or with raw().',
    );
  }

  /** What JSON or a list is compared with as a whole, as it is written: MikroORM would take lists in it for conditions. */
  #json(meta: EntityMetadata, prop: EntityProperty, operator: string, value: unknown): unknown {
    const name = nameOfProperty(meta, prop.name);
    if (ORDERING.has(operator)) throw notComparable(name, operator);
    if (ON_LISTS.has(operator) && prop.customType instanceof ArrayType) throw notComparable(name, operator);
    if (operator === '$elemMatch') return inJson(value, name, this.#assertOperator);
    const written = (each: unknown) => {
      if (each === undefined) throw noValue(name);
      if (each === null || isRaw(each) || isQueryBuilder(each)) return each;
      return raw('?', [this.#values.written(prop, this.#values.read(prop, each, name))]);
    };
    if (ON_LISTS.has(operator) && Array.isArray(value)) return value.map(written);
    return COMPARING.has(operator) ? written(value) : value;
  }

  readonly #assertOperator = (operator: string): void => {
    if (!KNOWN.includes(operator)) {
      const near = nearest(operator, KNOWN);
      const meant = near === undefined ? '' : `; did you mean '${near}'?`;
      throw new MikroscopeError('InvalidQuery', `There is no operator '${operator}'${meant}`);
    }
    const isMissing =
      (CONTAINING.has(operator) && !this.#values.comparesContents) ||
      (RARE_PATTERNS.has(operator) && !this.#values.matchesPatterns);
    if (isMissing)
      throw new MikroscopeError(
        'InvalidQuery',
        `This database has no operator for '${operator}'`,
        'raw() takes its own SQL.',
      );
  };
}

/** Whether the values of a property are lists or objects themselves. */
function isObject(values: Values, prop: EntityProperty): boolean {
  return values.kindOf(prop).isObject === true;
}

/** Whether the whole value is kept as JSON or as a list, which MikroORM writes as a text. */
function holdsJson({ customType }: EntityProperty): boolean {
  return customType instanceof JsonType || customType instanceof ArrayType;
}

function targetOf(prop: EntityProperty): EntityMetadata {
  return prop.targetMeta as EntityMetadata;
}

/** Whether a list is a key of several parts, and not a list of keys. */
function isKey({ compositePK, primaryKeys, root }: EntityMetadata, value: readonly unknown[]): boolean {
  if (!compositePK || value.length !== primaryKeys.length) return false;
  return !value.every(each => Array.isArray(each) || (isEntity(each) && metaOf(each).root === root));
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
