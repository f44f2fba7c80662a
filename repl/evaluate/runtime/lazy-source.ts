/** How a value is looked at: its fields are copied, a text or a number is made of it, it is printed, or serialized. */
export type Look = 'fields' | 'text' | 'print' | 'json';

/** What knows which objects have to be loaded before they can be read: the session. */
export interface LazySource {
  /** @returns `object[key]`, or a native promise of it if the database must be asked first */
  read(object: unknown, key: PropertyKey): unknown;
  /** Whether {@link read} does nothing but read a property of this value, whatever the property is. */
  isPlain(value: unknown): boolean;
  /** `object[key]` where nothing can wait: throws where {@link read} returns a promise. */
  readSync(object: unknown, key: PropertyKey): unknown;
  /** @returns what an assignment to `object[key]` is made to, or a promise of it if the database must be asked first */
  target(object: unknown, key: PropertyKey): unknown;
  /** {@link target} where nothing can wait: throws where it returns a promise. */
  targetSync(object: unknown, key: PropertyKey): unknown;
  /**
   * @returns a promise while something that is read when `value` is looked at is loaded, undefined if all of it is
   */
  touch(value: unknown, look: Look): Promise<void> | undefined;
  /** @returns the error for a place that would have to wait and cannot, given what was typed there */
  cannotWait(typed: string): Error;
  isEntity(value: unknown): boolean;
  /** @returns what `new` makes an object with, given the class that was typed */
  constructorOf(value: unknown): unknown;
  isQuery(value: unknown): value is AsyncIterable<unknown>;
  isCollection(value: unknown): boolean;
}
