import {
  type EntityMetadata,
  type EntityProperty,
  isRaw,
  type Platform,
  Reference,
  ReferenceKind,
} from '@mikro-orm/core';
import { inspect, types } from 'node:util';
import { MikroscopeError } from '../../errors.ts';
import { couldBe, isEntity, metaOf } from '../../mikro-orm/entity-state.ts';
import { pathOf } from '../properties.ts';
import { isPartOf } from '../../mikro-orm/embedded-class.ts';
import { isToSeveral, kindOfSeveral, readSeveral } from '../../mikro-orm/several-classes.ts';
import { type Kind, Unfit, type ValueLimits } from './kind.ts';
import { kindOf } from './kind-of.ts';

/** Checks and converts the values of properties, wherever they are given: assigned, in conditions, in `update()`, as a key. */
export class Values {
  readonly #limits: ValueLimits;
  readonly #platform: Platform;
  readonly #kinds = new WeakMap<EntityProperty, Kind>();

  constructor(limits: ValueLimits, platform: Platform) {
    this.#limits = limits;
    this.#platform = platform;
  }

  /** Whether the database has operators on what a list or an object contains. */
  get comparesContents(): boolean {
    return this.#limits.comparesContents;
  }

  /** Whether the database has regular expressions, and patterns that are blind to case. */
  get matchesPatterns(): boolean {
    return this.#limits.matchesPatterns;
  }

  /** A value of a property whose type converts it, in the form in which the database has it. */
  written({ customType }: EntityProperty, value: unknown): unknown {
    return customType === undefined ? value : customType.convertToDatabaseValue(value, this.#platform, {});
  }

  /** What a property takes that holds a value of a column, and not an entity or an object. */
  kindOf(prop: EntityProperty): Kind {
    let kind = this.#kinds.get(prop);
    if (kind === undefined) {
      kind = kindOf({ prop, limits: this.#limits, platform: this.#platform });
      this.#kinds.set(prop, kind);
    }
    return kind;
  }

  /**
   * A value of any property that has a column: a scalar, an embedded object, or what {@link readReference} takes.
   *
   * @param inPlace as in {@link readEmbedded}
   * @throws MikroscopeError `InvalidValue`
   */
  readField(prop: EntityProperty, value: unknown, name: string, inPlace = false): unknown {
    if (prop.kind === ReferenceKind.EMBEDDED) return this.readEmbedded(prop, value, name, inPlace);
    return prop.targetMeta === undefined
      ? this.read(prop, value, name)
      : this.readReference(prop, value, name);
  }

  /**
   * A value of a scalar property, in the form that it holds.
   *
   * @param name how a message names the property, as `Post.datePosted`
   * @throws MikroscopeError `InvalidValue`
   */
  read(prop: EntityProperty, value: unknown, name: string): unknown {
    if (value === null || isRaw(value)) return value;
    const kind = this.kindOf(prop);
    const read = kind.read(value);
    if (read instanceof Unfit) throw invalidValue(name, kind.label, read);
    return read;
  }

  /**
   * What a relation is compared with or set to: an entity of its class, or the key of one.
   *
   * @throws MikroscopeError `InvalidValue`
   */
  readReference(prop: EntityProperty, given: unknown, name: string): unknown {
    const value: unknown = Reference.unwrapReference(given as object);
    const target = prop.targetMeta;
    if (value === null || isRaw(value) || target === undefined) return given;
    if (isToSeveral(prop)) {
      if (readSeveral(prop, value) !== undefined) return given;
      throw invalidValue(name, kindOfSeveral(prop), new Unfit(value));
    }
    if (isEntity(value)) {
      if (couldBe(target, value)) return given;
      throw invalidValue(name, `a ${target.className}`, new Unfit(value));
    }
    const { targetKey } = prop;
    if (targetKey === undefined) return this.#readKey(target, value, name);
    return this.readField(Reflect.get(target.properties, targetKey), value, name);
  }

  /**
   * What the column of a relation is compared with or set to: of an object, what a `targetKey` names, in whose place MikroORM
   * would take its key; where it may be of several classes, the name of its class and its key.
   *
   * @throws MikroscopeError `InvalidValue`
   */
  readColumn(prop: EntityProperty, given: unknown, name: string): unknown {
    const read = this.readReference(prop, given, name);
    const target: unknown = Reference.unwrapReference(read as object);
    if (isToSeveral(prop)) return readSeveral(prop, target)?.toTuple() ?? read;
    return prop.targetKey !== undefined && isEntity(target) ? Reflect.get(target, prop.targetKey) : read;
  }

  /** The key of a row, or a list of its parts. @throws MikroscopeError `InvalidValue` */
  #readKey(meta: EntityMetadata, key: unknown, name: string): unknown {
    const props = meta.getPrimaryProps();
    if (!meta.compositePK) return props[0] === undefined ? key : this.readField(props[0], key, name);
    if (!Array.isArray(key)) throw invalidValue(name, `a ${meta.className}`, new Unfit(key));
    return key.map((part, index) => {
      const prop = props[index];
      return prop === undefined ? part : this.readField(prop, part, name);
    });
  }

  /**
   * An embedded object, or a list of them.
   *
   * @param inPlace whether the fields of the given objects are set to what they hold; otherwise copies are
   * @throws MikroscopeError `InvalidValue`
   */
  readEmbedded(prop: EntityProperty, value: unknown, name: string, inPlace = false): unknown {
    const { array, type } = prop;
    if (array === true && Array.isArray(value)) {
      const items = value.map((item, index) => this.#readObject(prop, item, `${name}[${index}]`, inPlace));
      return inPlace ? value : items;
    }
    if (array === true || Array.isArray(value))
      throw invalidValue(name, array ? `a list of ${type}` : `a ${type}`, new Unfit(value));
    return value === null ? null : this.#readObject(prop, value, name, inPlace);
  }

  #readObject(prop: EntityProperty, object: unknown, path: string, inPlace: boolean): unknown {
    if (typeof object !== 'object' || object === null || types.isDate(object) || isEntity(object))
      throw invalidValue(path, 'an object', new Unfit(object));
    if (!isPartOf(prop, object)) throw invalidValue(path, `a ${prop.type}`, new Unfit(object));
    const fields = (
      inPlace
        ? object
        : Object.assign(Object.create(Object.getPrototypeOf(object) as object) as object, object)
    ) as Record<string, unknown>;
    for (const [name, inner] of Object.entries(prop.embeddedProps)) {
      const value = fields[name];
      if (value == null) continue;
      const read = this.readField(inner, value, `${path}.${name}`, inPlace);
      if (read !== value) fields[name] = read;
    }
    return fields;
  }
}

/** How a message names a property, as `User.home.street`. */
export function nameOfProperty(meta: EntityMetadata, name: string): string {
  return `${meta.className}.${pathOf(meta, name)}`;
}

export function invalidValue(name: string, kind: string, unfit: Unfit): MikroscopeError {
  const { value, path, label = kind } = unfit;
  const shown = isEntity(value)
    ? `a ${metaOf(value).className}`
    : inspect(value, { depth: 0, breakLength: Infinity, maxStringLength: 100 });
  return new MikroscopeError(
    'InvalidValue',
    `${name} is ${label} and cannot hold ${shown}${path === '' ? '' : ` at ${path}`}`,
  );
}
