import type { EntityClass } from '@mikro-orm/core';

/** Embedded by the kinds that embed. */
export class Place {
  declare city: string;

  constructor(city: string) {
    this.city = city;
  }
}

export class Span {
  declare since: Date;

  constructor(n: number) {
    this.since = new Date(Date.UTC(2001, 2, 3 + n));
  }
}

/** What relations lead to. */
export interface Target {
  id: number;
  name: string;
  /** Unlike the name, no other target has it. */
  code: string;
}

/** What has the property: a name to find its row by, and a note for what happens beside. */
export interface Subject {
  id: number;
  name: string;
  note: string;
}

/** The classes of a family, once they are made. */
export interface Classes {
  readonly subject: () => EntityClass<Subject>;
  readonly target: () => EntityClass<Target>;
}

/** What the database calls them. */
export interface Tables {
  readonly subject: string;
  readonly target: string;
  /** SQL that makes one text of a column's many, with commas between. */
  readonly join: (column: string) => string;
}

type Properties = Readonly<Record<string, unknown>>;

/** A kind of property: the property itself, and how to make, change and read its values, which are numbered. */
export interface Kind {
  /** The property, and for the class that it leads to the other side. */
  readonly property: (classes: Classes) => unknown;
  readonly otherSide?: (classes: Classes) => Properties;
  /** What the class needs besides, and its values in every object. */
  readonly besides?: (classes: Classes) => Properties;
  readonly given?: (targets: readonly Target[]) => object;
  readonly primary?: true;
  /** A new value. The same number is the same value. */
  readonly value: (n: number, targets: readonly Target[]) => unknown;
  /** Objects are made without it: the database has a value 0. */
  readonly preset?: true;
  /** Changes a value in place to that of another number; absent for values that cannot. */
  readonly mutate?: (value: never, n: number, targets: readonly Target[]) => void;
  /** A value that cannot be written; absent where everything can. */
  readonly invalid?: () => unknown;
  /** How memory shows the value; by default as it is. */
  readonly shown?: (n: number) => unknown;
  /** SQL of what a second connection shows of the row `subject`, and what to make of it; by default the column. */
  readonly column?: (tables: Tables) => string;
  readonly read?: (raw: never) => unknown;
  /** What is compared of the value that memory shows, if it is not all of it. */
  readonly part?: (shown: never) => unknown;
  /** Another property, and what it shows of a row when nothing is staged. */
  readonly derived?: { readonly name: string; readonly column: string; readonly of: (raw: never) => unknown };
  /** A query of the object does not read it. */
  readonly unread?: true;
  /** A collection: reading one that is not up to date is a query, which flushes first. */
  readonly isList?: true;
  /** The targets refer to the object, too: what is in the session reaches it. */
  readonly isTwoSided?: true;
  /** Its changes are those of the target's row. */
  readonly isOfTarget?: true;
}

/** JSON, which some drivers give as text. */
export function parsed(raw: unknown): unknown {
  return typeof raw === 'string' ? (JSON.parse(raw) as unknown) : raw;
}

/** A relation to one target. */
export const toOne = {
  value: (n: number, targets: readonly Target[]) => targets[n],
  shown: (n: number) => `t${n}`,
  invalid: () => new Place('no target'),
};

/** The name of the target that a column refers to. */
export const targetOf =
  (column: string) =>
  ({ target }: Tables) =>
    `(select name from ${target} t where t.id = subject.${column})`;
