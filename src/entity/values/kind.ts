/** What the properties of one type take. */
export interface Kind {
  /** What a value of it is called, as in "Post.datePosted is a date and cannot hold 'x'". */
  readonly label: string;
  /** The value in the form that the property holds, or an {@link Unfit}. Nothing is lost: what cannot be kept does not fit. */
  readonly read: (value: unknown) => unknown;
  /** Whether its values may be lists or objects. */
  readonly isObject?: true;
}

/** A value, or the part of one, that does not fit. */
export class Unfit {
  readonly value: unknown;
  /** Where in the value it is, as `.sizes[1]`; empty for the value itself. */
  readonly path: string;
  /** What it would have to be, if the label of the kind does not say why it does not fit. */
  readonly label: string | undefined;

  constructor(
    value: unknown,
    { path = '', label }: { readonly path?: string; readonly label?: string } = {},
  ) {
    this.value = value;
    this.path = path;
    this.label = label;
  }
}

/** What a kind of database keeps of the values that MikroORM sends it. */
export interface ValueLimits {
  /** Whether a column of integers takes 64 bits, whatever its type is called. */
  readonly integersHave64Bits: boolean;
  /** Whether a text may contain the character NUL. */
  readonly takesNul: boolean;
  /** Whether a decimal keeps all of its digits. */
  readonly decimalsAreExact: boolean;
  /** Whether it has operators on what a list or an object contains. */
  readonly comparesContents: boolean;
  /** Whether it has regular expressions, and patterns that are blind to case. */
  readonly matchesPatterns: boolean;
  /** The first and the last year of a date; absent where every Date can be kept. */
  readonly years?: readonly [first: number, last: number];
  /** The last hour of a time; absent where it is that of a day. */
  readonly lastHour?: number;
}
