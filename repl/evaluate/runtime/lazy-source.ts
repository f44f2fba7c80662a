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
   * @param isGraph whether what entities refer to counts as well
   * @returns a promise while something in `value` that has expired is loaded again, undefined if nothing has
   */
  touch(value: unknown, isGraph?: boolean): Promise<void> | undefined;
  /** @returns the error for a place that would have to wait and cannot, given what was typed there */
  cannotWait(typed: string): Error;
  isEntity(value: unknown): boolean;
  /** @returns what `new` makes an object with, given the class that was typed */
  constructorOf(value: unknown): unknown;
  isQuery(value: unknown): value is AsyncIterable<unknown>;
  isCollection(value: unknown): boolean;
}
