/** What knows which objects have to be loaded before they can be read: the session. */
export interface LazySource {
  /** @returns `object[key]`, or a native promise of it if the database must be asked first */
  read(object: unknown, key: PropertyKey): unknown;
  /** `object[key]` where nothing can wait: throws where {@link read} returns a promise. */
  readSync(object: unknown, key: PropertyKey): unknown;
  /** @returns a promise while something in `value` that has expired is loaded again, undefined if nothing has */
  touch(value: unknown): Promise<void> | undefined;
  isEntity(value: unknown): boolean;
  /** @returns what `new` makes an object with, given the class that was typed */
  constructorOf(value: unknown): unknown;
  isQuery(value: unknown): value is AsyncIterable<unknown>;
  isCollection(value: unknown): boolean;
}
