/**
 * What completion knows of JavaScript's own objects: the members whose types lead on, or whose arguments are functions. The
 * names of the others are found on the prototypes.
 */
export const javaScript = `
interface Array<T> {
  length: number;
  at(index: number): T | undefined;
  concat(...items: T[]): T[];
  copyWithin(target: number, start: number): T[];
  entries(): [number, T][];
  every(callback: (item: T, index: number, list: T[]) => boolean): boolean;
  fill(value: T): T[];
  filter(callback: (item: T, index: number, list: T[]) => boolean): T[];
  find(callback: (item: T, index: number, list: T[]) => boolean): T | undefined;
  findIndex(callback: (item: T, index: number, list: T[]) => boolean): number;
  findLast(callback: (item: T, index: number, list: T[]) => boolean): T | undefined;
  findLastIndex(callback: (item: T, index: number, list: T[]) => boolean): number;
  flat(depth?: number): any[];
  flatMap<U>(callback: (item: T, index: number, list: T[]) => U | U[]): U[];
  forEach(callback: (item: T, index: number, list: T[]) => void): void;
  includes(item: T): boolean;
  indexOf(item: T): number;
  join(separator?: string): string;
  keys(): number[];
  lastIndexOf(item: T): number;
  map<U>(callback: (item: T, index: number, list: T[]) => U): U[];
  pop(): T | undefined;
  push(...items: T[]): number;
  reduce<U>(callback: (sum: U, item: T, index: number) => U, initial?: U): U;
  reduceRight<U>(callback: (sum: U, item: T, index: number) => U, initial?: U): U;
  reverse(): T[];
  shift(): T | undefined;
  slice(start?: number, end?: number): T[];
  some(callback: (item: T, index: number, list: T[]) => boolean): boolean;
  sort(compare?: (a: T, b: T) => number): T[];
  splice(start: number, count?: number, ...items: T[]): T[];
  toReversed(): T[];
  toSorted(compare?: (a: T, b: T) => number): T[];
  toSpliced(start: number, count?: number, ...items: T[]): T[];
  unshift(...items: T[]): number;
  values(): T[];
  with(index: number, value: T): T[];
}

interface string {
  length: number;
  at(index: number): string | undefined;
  charAt(index: number): string;
  charCodeAt(index: number): number;
  codePointAt(index: number): number | undefined;
  concat(...texts: string[]): string;
  endsWith(text: string): boolean;
  includes(text: string): boolean;
  indexOf(text: string): number;
  lastIndexOf(text: string): number;
  localeCompare(other: string): number;
  match(pattern: RegExp): string[] | null;
  matchAll(pattern: RegExp): string[][];
  normalize(form?: 'NFC' | 'NFD' | 'NFKC' | 'NFKD'): string;
  padEnd(length: number, fill?: string): string;
  padStart(length: number, fill?: string): string;
  repeat(count: number): string;
  replace(pattern: string | RegExp, replacement: string): string;
  replaceAll(pattern: string | RegExp, replacement: string): string;
  search(pattern: RegExp): number;
  slice(start?: number, end?: number): string;
  split(separator?: string | RegExp, limit?: number): string[];
  startsWith(text: string): boolean;
  substring(start: number, end?: number): string;
  toLowerCase(): string;
  toUpperCase(): string;
  toLocaleLowerCase(): string;
  toLocaleUpperCase(): string;
  trim(): string;
  trimEnd(): string;
  trimStart(): string;
}

interface number {
  toExponential(digits?: number): string;
  toFixed(digits?: number): string;
  toLocaleString(): string;
  toPrecision(precision?: number): string;
  toString(radix?: number): string;
}

interface bigint {
  toLocaleString(): string;
  toString(radix?: number): string;
}

interface Date {
  getDate(): number;
  getDay(): number;
  getFullYear(): number;
  getHours(): number;
  getMilliseconds(): number;
  getMinutes(): number;
  getMonth(): number;
  getSeconds(): number;
  getTime(): number;
  getTimezoneOffset(): number;
  toDateString(): string;
  toISOString(): string;
  toJSON(): string;
  toLocaleDateString(): string;
  toLocaleString(): string;
  toLocaleTimeString(): string;
  toString(): string;
  toTimeString(): string;
  toUTCString(): string;
}

interface RegExp {
  source: string;
  flags: string;
  exec(text: string): string[] | null;
  test(text: string): boolean;
}

interface Map<K, V> {
  size: number;
  get(key: K): V | undefined;
  has(key: K): boolean;
  set(key: K, value: V): Map<K, V>;
  keys(): K[];
  values(): V[];
  entries(): [K, V][];
  forEach(callback: (value: V, key: K) => void): void;
}

interface Set<T> {
  size: number;
  add(value: T): Set<T>;
  has(value: T): boolean;
  values(): T[];
  forEach(callback: (value: T) => void): void;
}

interface Error {
  name: string;
  message: string;
  stack: string | undefined;
  cause: any;
}

interface Buffer {
  length: number;
  toString(encoding?: 'utf8' | 'hex' | 'base64' | 'base64url' | 'latin1' | 'ascii'): string;
}

interface ObjectConstructor {
  keys(value: object): string[];
  values<T>(value: T): any[];
  entries(value: object): [string, any][];
  assign<T>(target: T, ...sources: object[]): T;
  freeze<T>(value: T): T;
  seal<T>(value: T): T;
  groupBy<T>(items: T[], key: (item: T) => string): object;
  fromEntries(entries: any[]): object;
  getOwnPropertyNames(value: object): string[];
}

interface ArrayConstructor {
  from<T, U>(items: T[], callback?: (item: T, index: number) => U): T[];
  of<T>(...items: T[]): T[];
  isArray(value: any): boolean;
}

interface StringConstructor {
  raw(template: any): string;
  fromCharCode(...codes: number[]): string;
  fromCodePoint(...codes: number[]): string;
}

interface NumberConstructor {
  parseFloat(text: string): number;
  parseInt(text: string, radix?: number): number;
  isInteger(value: any): boolean;
  isFinite(value: any): boolean;
  isNaN(value: any): boolean;
}

interface DateConstructor {
  now(): number;
  parse(text: string): number;
}

interface PromiseConstructor {
  all<T>(promises: T[]): T[];
  resolve<T>(value: T): T;
}

interface JSON {
  parse(text: string): any;
  stringify(value: any, replacer?: any, space?: number): string;
}

interface Math {
  abs(x: number): number;
  ceil(x: number): number;
  floor(x: number): number;
  max(...values: number[]): number;
  min(...values: number[]): number;
  pow(x: number, y: number): number;
  random(): number;
  round(x: number): number;
  sign(x: number): number;
  sqrt(x: number): number;
  trunc(x: number): number;
}
`;
