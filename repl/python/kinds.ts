/** What is known of a value of Python before anything runs. It decides which TypeScript means the same. */
export type Kind =
  | Plain
  | { readonly is: 'list'; readonly of: Kind; readonly isNullable?: boolean }
  | { readonly is: 'tuple'; readonly items: readonly Kind[]; readonly isNullable?: boolean }
  | { readonly is: 'set'; readonly of: Kind; readonly isNullable?: boolean }
  | { readonly is: 'map'; readonly key: Kind; readonly of: Kind; readonly isNullable?: boolean }
  | { readonly is: 'entity'; readonly name: string; readonly isNullable?: boolean }
  | { readonly is: 'collection'; readonly name: string; readonly isNullable?: boolean }
  | { readonly is: 'class'; readonly name: string; readonly isNullable?: boolean }
  | {
      readonly is: 'column';
      readonly entity: string;
      readonly name: string;
      readonly of: Kind;
      readonly isNullable?: boolean;
    }
  | { readonly is: 'condition'; readonly entity: string; readonly isNullable?: boolean }
  | Rows
  | {
      readonly is: 'function';
      readonly parameters: readonly string[];
      /** What each was translated for. */
      readonly takes: readonly Kind[];
      readonly returns: Kind;
      readonly isNullable?: boolean;
    }
  | { readonly is: 'refused'; readonly why: string; readonly isNullable?: boolean };

interface Plain {
  readonly is:
    | 'unknown'
    /** What an empty list holds. */
    | 'never'
    | 'none'
    | 'bool'
    | 'int'
    | 'float'
    | 'str'
    | 'date'
    | 'db'
    | 'session'
    | 'module'
    | 'error'
    | 'page';
  readonly isNullable?: boolean;
}

/** A query of SQLAlchemy, and how its rows come out: as entities, or wrapped in what `execute()` and `select()` return. */
export interface Rows {
  readonly is: 'rows';
  readonly name: string;
  readonly form: 'query' | 'select' | 'result' | 'scalars' | 'update' | 'delete';
  /** The one property that is selected. */
  readonly column?: string;
  /** The properties that are selected where each row is a tuple of them. */
  readonly columns?: readonly string[];
  /** What a property holds. */
  readonly of: Kind;
  /** The relations that were joined, by the class that they lead to. */
  readonly joined?: Readonly<Record<string, string>>;
  readonly isNullable?: boolean;
}

export const unknown: Kind = { is: 'unknown' };
export const never: Kind = { is: 'never' };
export const none: Kind = { is: 'none' };
export const int: Kind = { is: 'int' };
export const str: Kind = { is: 'str' };
export const bool: Kind = { is: 'bool' };
export const float: Kind = { is: 'float' };

/** What a value is of which either may come. */
export function join(one: Kind, other: Kind): Kind {
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  if (one.is === 'never') return other;
  if (other.is === 'never') return one;
  if (one.is === 'none') return nullable(other);
  if (other.is === 'none') return nullable(one);
  if (sure(one) !== one || sure(other) !== other) {
    const joined = join(sure(one), sure(other));
    return joined.is === 'unknown' ? joined : nullable(joined);
  }
  if (one.is === 'list' && other.is === 'list') {
    return { is: 'list', of: join(one.of, other.of) };
  }
  return unknown;
}

export function nullable(kind: Kind): Kind {
  return kind.is === 'none' || kind.is === 'unknown' ? kind : { ...kind, isNullable: true };
}

/** A kind without None. */
export function sure(kind: Kind): Kind {
  if (kind.isNullable !== true) return kind;
  const { isNullable: _, ...rest } = kind;
  return rest;
}

export function isOne(kind: Kind, ...names: readonly Kind['is'][]): boolean {
  return kind.isNullable !== true && names.includes(kind.is);
}

/** What a loop over a value gives; undefined if it is not known to be a sequence. */
export function itemOf(kind: Kind): Kind | undefined {
  switch (kind.is) {
    case 'list':
    case 'set':
      return kind.of;
    case 'tuple':
      return kind.items.reduce(join, never);
    case 'collection':
      return { is: 'entity', name: kind.name };
    case 'rows':
      return kind.form === 'query' || kind.form === 'scalars' || isOfTuples(kind) ? kind.of : undefined;
    case 'map':
      return kind.key;
    case 'str':
      return str;
    default:
      return undefined;
  }
}

/** Whether what `execute()` returns has rows that stand for themselves, and for no entity. */
function isOfTuples({ form, columns }: Rows): boolean {
  return form === 'result' && columns !== undefined;
}

/** What makes of an entity the row of a query; undefined where the entity is the row. */
export function pickOf({ column, columns }: Rows): string | undefined {
  if (columns !== undefined) return `row => [${columns.map(name => `row.${name}`).join(', ')}]`;
  return column === undefined ? undefined : `row => row.${column}`;
}

/** Whether a value is what something was translated for. */
export function fits(given: Kind, wanted: Kind): boolean {
  return (
    wanted.is === 'unknown' ||
    JSON.stringify(given) === JSON.stringify(wanted) ||
    (wanted.isNullable === true && given.is === 'none')
  );
}
