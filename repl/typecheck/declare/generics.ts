/**
 * What the declarations of `complete/declarations` take for granted, for the compiler. Conditions and values are as loose as
 * the session is: it converts what a property's type can be read from.
 */
export const generics = `
type Entity = object | null | undefined;
type EntityClass<T> = abstract new (...values: any[]) => T;
type Key<T> = any;
type Path<T> = string;
type Relation<T> = '*' | (keyof T & string) | \`\${keyof T & string}.\${string}\` | \`\${keyof T & string}:\${string}\`;
type Given<V> = V extends string | Date | null | undefined ? V | string | Date | null | undefined
  : V extends number | bigint | boolean | null | undefined ? V | number | bigint | boolean | string | null | undefined : any;
type Fields<T> = { [K in keyof T]?: Given<T[K]> };
type Changes<T> = Fields<T> & { [path: \`\${string}.\${string}\`]: any };
type Where<T> = Conditions<T> | Conditions<T>[] | string | number | bigint | Date | readonly any[];
type Conditions<T> = { [K in keyof T]?: Condition<NonNullable<T[K]>> } & Operators & { [path: \`\${string}.\${string}\`]: any };
interface Operators { [operator: \`$\${string}\`]: any }
type Condition<V> = 0 extends 1 & V ? any
  : V extends Collection<infer E> ? Where<E> | E | null
  : V extends Date | Uint8Array | readonly any[] ? any
  : V extends object ? V | Where<V> | null
  : V extends string ? V | RegExp | null | Operators | readonly (V | RegExp | null)[]
  : Given<V> | Operators | readonly Given<V>[];
type Order<T> = { [K in keyof T]?: OrderOf<NonNullable<T[K]>> } & { [path: \`\${string}.\${string}\`]: any };
type OrderOf<V> = 0 extends 1 & V ? any : V extends Collection<infer E> ? Order<E> : V extends Date | Uint8Array ? string | number
  : V extends object ? Order<V> | string | number : string | number;
type OfLists = 'at' | 'concat' | 'entries' | 'every' | 'findIndex' | 'findLast' | 'findLastIndex' | 'flat' | 'flatMap' | 'forEach'
  | 'includes' | 'indexOf' | 'join' | 'keys' | 'lastIndexOf' | 'pop' | 'push' | 'reduceRight' | 'reverse' | 'shift' | 'some' | 'sort'
  | 'splice' | 'toReversed' | 'toSorted' | 'toSpliced' | 'unshift' | 'values' | 'with';
interface Collection<T> extends Pick<T[], OfLists> {
  [index: number]: T;
  [Symbol.iterator](): ArrayIterator<T>;
}
interface Query<T> {
  [Symbol.iterator](): ArrayIterator<T>;
}
`;
