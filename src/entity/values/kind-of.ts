import {
  ArrayType,
  BigIntType,
  BlobType,
  BooleanType,
  CharacterType,
  DateTimeType,
  DateType,
  DecimalType,
  DoubleType,
  EnumArrayType,
  EnumType,
  type EntityProperty,
  FloatType,
  IntegerType,
  JsonType,
  MediumIntType,
  type Platform,
  SmallIntType,
  StringType,
  TextType,
  TimeType,
  TinyIntType,
  type Type,
  Uint8ArrayType,
  UuidType,
} from '@mikro-orm/core';
import { isDeepStrictEqual } from 'node:util';
import { days, moments, times } from './date-kinds.ts';
import type { Kind, ValueLimits } from './kind.ts';
import { anything, booleans, bytes, custom, items, json, lists, texts, uuids } from './kinds.ts';
import { bigints, decimals, integers, numbers } from './number-kinds.ts';

/** What MikroORM and the database say of the values of a property. */
interface Context {
  readonly prop: EntityProperty;
  readonly limits: ValueLimits;
  readonly platform: Platform;
}

type MappedType = Type<unknown, unknown>;
type Find = (context: Context) => Kind;

const integer: Find = context =>
  integers(context.limits.integersHave64Bits ? 64 : bitsOf(context.prop), isUnsigned(context));
const text: Find = ({ limits }) => texts(limits.takesNul);
const moment: Find = ({ limits, platform }) => moments(limits, platform.getTimezone());
const number: Find = () => numbers;

/** The kinds by MikroORM's types. A type of the project's own, or one that extends one of these, is not known. */
const BY_TYPE = new Map<unknown, Find>([
  [IntegerType, integer],
  [SmallIntType, integer],
  [TinyIntType, integer],
  [MediumIntType, integer],
  [FloatType, number],
  [DoubleType, number],
  [StringType, text],
  [TextType, text],
  [CharacterType, text],
  [UuidType, () => uuids],
  [BooleanType, () => booleans],
  [DateTimeType, context => (context.prop.runtimeType === 'Date' ? moment(context) : text(context))],
  [
    DateType,
    ({ prop, limits, platform }) => days(limits, platform.getTimezone(), prop.runtimeType === 'Date'),
  ],
  [TimeType, ({ limits }) => times(limits)],
  [BigIntType, context => bigints((context.prop.customType as BigIntType).mode, isUnsigned(context))],
  [DecimalType, decimal],
  [EnumType, text],
  [EnumArrayType, list],
  [ArrayType, list],
  [JsonType, ({ limits }) => json(limits.takesNul)],
  [BlobType, () => bytes(true)],
  [Uint8ArrayType, () => bytes(false)],
]);

/** The kinds by the type in memory, of properties that MikroORM leaves as they are. */
const BY_RUNTIME_TYPE: Readonly<Record<string, Find>> = {
  number: context => (bitsOf(context.prop) === 0 ? numbers : integer(context)),
  string: text,
  boolean: () => booleans,
  Date: moment,
  Buffer: () => bytes(true),
};

/** The kind of a scalar property. */
export function kindOf(context: Context): Kind {
  const { prop, platform } = context;
  if (prop.items !== undefined && prop.enum === true && prop.array !== true) return items(prop.items);
  const find =
    prop.customType === undefined
      ? (BY_TYPE.get(mappedTypeOf(prop, platform)) ?? BY_RUNTIME_TYPE[prop.runtimeType])
      : BY_TYPE.get((prop.customType as MappedType).constructor);
  if (find !== undefined) return find(context);
  // A type of the project's own says for itself what it takes.
  return prop.customType === undefined ? anything : custom;
}

/** The class of the type that MikroORM would use, if it says something of how a text must look. */
function mappedTypeOf({ type, runtimeType }: EntityProperty, platform: Platform): unknown {
  const mapped = platform.getMappedType(type).constructor;
  return runtimeType === 'string' && mapped === TimeType ? mapped : undefined;
}

const BITS: Readonly<Record<string, number>> = {
  tinyint: 8,
  smallint: 16,
  int2: 16,
  smallserial: 16,
  mediumint: 24,
  int: 32,
  int4: 32,
  integer: 32,
  serial: 32,
  bigint: 64,
  int8: 64,
  bigserial: 64,
};

/** The size of an integer column; 0 for any other one. */
function bitsOf({ columnTypes }: EntityProperty): number {
  const [name = ''] = /^\w+/.exec(columnTypes?.[0]?.toLowerCase() ?? '') ?? [];
  return BITS[name] ?? 0;
}

/** Only MySQL and MariaDB know such columns. */
function isUnsigned({ prop }: Context): boolean {
  return prop.columnTypes?.[0]?.toLowerCase().includes('unsigned') ?? false;
}

function decimal({ prop, limits }: Context): Kind {
  const [, precision, scale = '0'] = /\((\d+)(?:,\s*(\d+))?\)/.exec(prop.columnTypes?.[0] ?? '') ?? [];
  return decimals({
    precision: precision === undefined ? prop.precision : Number(precision),
    scale: precision === undefined ? prop.scale : Number(scale),
    isNumber: ((prop.customType as DecimalType).mode ?? prop.runtimeType) === 'number',
    isExact: limits.decimalsAreExact,
  });
}

function list(context: Context): Kind {
  const { prop, platform } = context;
  const type = prop.customType as MappedType;
  const item = prop.items === undefined ? anything : items(prop.items);
  return lists(item, value => {
    const written = type.convertToDatabaseValue(value, platform, {});
    const back = type.convertToJSValue(written, platform, {});
    // Without a type of their own, numbers become texts.
    const asTexts = value.map(each => (typeof each === 'number' ? String(each) : each));
    return isDeepStrictEqual(back, value) || isDeepStrictEqual(back, asTexts);
  });
}
