import {
  globals as globalObject,
  Object,
  Proxy,
  ReferenceError,
  Reflect,
  String,
  TypeError,
  withOwnMethods,
} from './language.ts';

/**
 * The names of a prompt: what lines have bound, then what the shell provides, then what earlier lines have shown, then
 * JavaScript's globals.
 *
 * Nothing is written to `globalThis`, so that several prompts can share a process, and a line can use a name such as
 * `Map` or `fetch` for something else without breaking libraries.
 */
export class Scope {
  readonly #earlier = Object.create(globals) as Record<string, unknown>;
  readonly #provided: Record<string, unknown>;
  #providedValues: ReadonlySet<unknown> = withOwnMethods(new Set());
  #ofSession: ReadonlySet<unknown> = withOwnMethods(new Set());
  #lastError: { readonly error: unknown } | undefined;
  readonly #constants = withOwnMethods(new Set<string>());

  /** What compiled code reads and writes. Reading a name that is bound nowhere throws a ReferenceError. */
  readonly bindings: Record<string, unknown>;

  /** @param provided the names that the prompt starts with: helpers, entities and others */
  constructor(provided: Readonly<Record<string, unknown>>) {
    this.#provided = Object.create(this.#earlier) as Record<string, unknown>;
    this.provide(provided);
    this.bindings = Object.create(this.#provided) as Record<string, unknown>;
  }

  /**
   * Replaces the provided names.
   *
   * @param ofSession those among the values, and what they are methods of, whose promises stand for what they become
   */
  provide(names: Readonly<Record<string, unknown>>, ofSession: Iterable<unknown> = []): void {
    for (const name of Object.keys(this.#provided)) delete this.#provided[name];
    Object.assign(this.#provided, names);
    this.#providedValues = withOwnMethods(new Set(Object.values(names)));
    this.#ofSession = withOwnMethods(new Set(ofSession));
  }

  /**
   * Keeps what a line has shown: as `_`, what that held before as `$1`, and so on to `$9`. A name that a line has bound
   * itself keeps its value. The names are those of Python's prompt and of gdb.
   */
  remember(value: unknown): void {
    if (Object.hasOwn(this.#earlier, '_') && Object.is(this.#earlier['_'], value)) return;
    for (let index = shown.length - 1; index > 0; index--) {
      const [name, before] = [shown[index], shown[index - 1]] as [string, string];
      if (Object.hasOwn(this.#earlier, before)) this.#earlier[name] = this.#earlier[before];
    }
    this.#earlier['_'] = value;
  }

  /** Keeps what a line has thrown, as `_error`. */
  rememberError(error: unknown): void {
    this.#earlier['_error'] = error;
    this.#lastError = { error };
  }

  /** What the last line that threw has thrown, whatever `_error` has become. */
  get lastError(): { readonly error: unknown } | undefined {
    return this.#lastError;
  }

  /** Lets go of what earlier lines have shown and thrown. */
  forget(): void {
    for (const name of Object.keys(this.#earlier)) delete this.#earlier[name];
    this.#lastError = undefined;
  }

  /** Whether a name is bound at the prompt, by a line or by the shell itself. */
  has(name: string): boolean {
    return (
      Object.hasOwn(this.bindings, name) ||
      Object.hasOwn(this.#provided, name) ||
      Object.hasOwn(this.#earlier, name)
    );
  }

  /** Whether a value is a provided one, such as a helper: those handle entities that have expired themselves. */
  provides(value: unknown): boolean {
    return this.#providedValues.has(value);
  }

  /** Whether a value is a function of the session, or an object that has such methods. */
  isOfSession(value: unknown): boolean {
    return this.#ofSession.has(value);
  }

  /** Whether a name still has the provided value. */
  isProvided(name: string): boolean {
    return Object.hasOwn(this.#provided, name) && !Object.hasOwn(this.bindings, name);
  }

  /** The provided names, even those that lines have bound to something else. */
  get provided(): Readonly<Record<string, unknown>> {
    return { ...this.#provided };
  }

  /** Every name that is bound at the prompt, those of lines first. */
  names(): string[] {
    return [...new Set([this.bindings, this.#provided, this.#earlier].flatMap(names => Object.keys(names)))];
  }

  /** Lets names that are constants be declared again; until they are assigned, they keep their values. */
  redeclare(names: Iterable<string>): void {
    for (const name of names) {
      if (this.#constants.delete(name)) this.#define(name, { value: this.bindings[name], writable: true });
    }
  }

  /** Gives a name another value. A constant stays one. */
  replace(name: string, value: unknown): void {
    const isConstant = this.#constants.has(name);
    this.#define(name, { value, writable: true });
    if (isConstant) this.fix(name);
  }

  /** Makes a name constant, as `const` does. */
  fix(name: string): void {
    const value = this.bindings[name];
    this.#constants.add(name);
    this.#define(name, {
      get: () => value,
      set() {
        throw new TypeError('Assignment to constant variable.');
      },
    });
  }

  #define(name: string, binding: PropertyDescriptor): void {
    Object.defineProperty(this.bindings, name, { ...binding, enumerable: true, configurable: true });
  }
}

/** The names of what the last lines have shown, the latest first. */
const shown: readonly string[] = ['_', ...Array.from({ length: 9 }, (_, index) => `$${index + 1}`)];

const globals: object = new Proxy(Object.create(null) as object, {
  has: () => true,
  get(_, name) {
    if (name in globalObject) return (globalObject as Record<PropertyKey, unknown>)[name];
    throw new ReferenceError(`${String(name)} is not defined`);
  },
  set(_, name, value, receiver: object) {
    return Reflect.defineProperty(receiver, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  },
});
