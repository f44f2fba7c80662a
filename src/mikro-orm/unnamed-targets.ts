import {
  type Dictionary,
  type EntityMetadata,
  type EntityProperty,
  isRaw,
  QueryHelper,
} from '@mikro-orm/core';
import { isToSeveral, kindOfSeveral, readSeveral, unfitFor } from './several-classes.ts';
import { replaceMethod } from './replace-method.ts';

/** What MikroORM is to process conditions with. */
export type WhereOptions = Pick<
  Parameters<typeof QueryHelper.processWhere<object>>[0],
  'where' | 'entityName' | 'metadata' | 'aliasMap' | 'root'
>;
type Process = (options: WhereOptions) => unknown;

let isDone = false;

/**
 * Refuses conditions on a relation to one of several classes with a key alone, which does not say whose it is, and with a list.
 * MikroORM compares them with the column that names the class, and finds nothing.
 */
export function refuseUnnamedTargets(): void {
  if (isDone) return;
  isDone = true;
  replaceMethod<Process>(QueryHelper, 'processWhere', process => options => {
    assertNamed(options);
    return process(options);
  });
}

function assertNamed(options: WhereOptions): void {
  const { where } = options;
  if (!isPlain(where)) return;
  for (const [path, value] of Object.entries(where)) {
    const { meta, prop } = propertyAt(path, options);
    if (prop === undefined || !isToSeveral(prop)) continue;
    for (const one of comparedWith(prop, value))
      if (!namesTarget(prop, one))
        throw unfitFor(`${meta?.className}.${prop.name}`, kindOfSeveral(prop), one);
  }
}

/** The property that a condition is on: of the class, or of what an alias of a query builder stands for. */
export function propertyAt(
  path: string,
  { entityName, metadata, aliasMap }: WhereOptions,
): { readonly meta?: EntityMetadata | undefined; readonly prop?: EntityProperty | undefined } {
  const dot = path.lastIndexOf('.');
  const owner = dot < 0 ? entityName : aliasMap?.[path.slice(0, dot)];
  const meta: EntityMetadata | undefined = owner === undefined ? undefined : metadata.find(owner);
  const name = path.slice(dot + 1);
  const isNamed = meta !== undefined && Object.hasOwn(meta.properties, name);
  return { meta, prop: isNamed ? meta.properties[name as never] : undefined };
}

/** What is compared for equality with the relation. */
function comparedWith(prop: EntityProperty, value: unknown): unknown[] {
  if (!isPlain(value)) return [value];
  const operators = Object.keys(value).filter(key => key.startsWith('$'));
  if (operators.length === 0) return [value];
  return operators.flatMap(key => {
    const given: unknown = value[key];
    const isList = (key === '$in' || key === '$nin') && Array.isArray(given);
    // MikroORM makes one of the name of a class and a key.
    if (isList && readSeveral(prop, given) === undefined) return given as unknown[];
    return key === '$eq' || key === '$ne' ? [given] : [];
  });
}

/** An object with a part of no key is a condition on what the relation leads to. */
function namesTarget(prop: EntityProperty, value: unknown): boolean {
  if (value == null || isRaw(value) || readSeveral(prop, value) !== undefined) return true;
  // MikroORM processes conditions twice, and has the name of the class alone in the first column then.
  if (typeof value === 'string') return Object.hasOwn(prop.discriminatorMap ?? {}, value);
  if (!isPlain(value)) return typeof value === 'object' && !Array.isArray(value);
  const keys = prop.targetMeta?.primaryKeys ?? [];
  return !Object.keys(value).every(name => keys.includes(name as never));
}

export function isPlain(value: unknown): value is Dictionary {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
