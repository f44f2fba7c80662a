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
 * The names of a prompt: what lines have bound, then what the shell provides, then JavaScript's globals.
 *
 * Nothing is written to `globalThis`, so that several prompts can share a process, and a line can use a name such as
 * `Map` or `fetch` for something else without breaking libraries.
 */
export class Scope {
  readonly #provided: Record<string, unknown>;
  #providedValues: ReadonlySet<unknown> = withOwnMethods(new Set());
  #ofSession: ReadonlySet<unknown> = withOwnMethods(new Set());
  readonly #constants = withOwnMethods(new Set<string>());

  /** What compiled code reads and writes. Reading a name that is bound nowhere throws a ReferenceError. */
  readonly bindings: Record<string, unknown>;

  /** @param provided the names that the prompt starts with: helpers, entities and others */
  constructor(provided: Readonly<Record<string, unknown>>) {
    this.#provided = Object.create(globals) as Record<string, unknown>;
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

  /** Whether a name is bound at the prompt, by a line or by the shell itself. */
  has(name: string): boolean {
    return Object.hasOwn(this.bindings, name) || Object.hasOwn(this.#provided, name);
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
    return [...new Set([...Object.keys(this.bindings), ...Object.keys(this.#provided)])];
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
