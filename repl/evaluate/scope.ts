import type { KnownNames } from './compile.ts';

/**
 * The names of a prompt: what lines have bound, over what the shell provides, over JavaScript's globals.
 *
 * Nothing is written to `globalThis`, so several prompts live in one process and a name such as `Map` or `fetch` can be
 * taken without taking it from the libraries.
 */
export class Scope implements KnownNames {
  readonly #provided: Record<string, unknown>;
  #values: ReadonlySet<unknown> = new Set();
  readonly #constants = new Set<string>();

  /** What compiled code reads and writes; a name that is bound nowhere throws a ReferenceError. */
  readonly bindings: Record<string, unknown>;

  /** @param provided the helpers, entities and other names that a prompt starts with */
  constructor(provided: Readonly<Record<string, unknown>>) {
    this.#provided = Object.create(globals) as Record<string, unknown>;
    this.provide(provided);
    this.bindings = Object.create(this.#provided) as Record<string, unknown>;
  }

  /** Puts other names in the place of those that the prompt provided so far. */
  provide(names: Readonly<Record<string, unknown>>): void {
    for (const name of Object.keys(this.#provided)) delete this.#provided[name];
    Object.assign(this.#provided, names);
    this.#values = new Set(Object.values(names));
  }

  has(name: string): boolean {
    return Object.hasOwn(this.bindings, name) || Object.hasOwn(this.#provided, name);
  }

  /** Whether a value came with the prompt: a helper takes entities as they are, and looks at none. */
  provides(value: unknown): boolean {
    return this.#values.has(value);
  }

  /** Whether a name still means what the shell provided. */
  isProvided(name: string): boolean {
    return Object.hasOwn(this.#provided, name) && !Object.hasOwn(this.bindings, name);
  }

  /** What the shell provided, whatever the names may mean by now. */
  get provided(): Readonly<Record<string, unknown>> {
    return { ...this.#provided };
  }

  /** Every name bound at the prompt, typed ones first. */
  names(): string[] {
    return [...new Set([...Object.keys(this.bindings), ...Object.keys(this.#provided)])];
  }

  /** Lets names be declared anew that were constants; until then they keep their values. */
  redeclare(names: Iterable<string>): void {
    for (const name of names) {
      if (this.#constants.delete(name)) this.#define(name, { value: this.bindings[name], writable: true });
    }
  }

  /** Gives a name another value, also one that is a constant and stays one. */
  replace(name: string, value: unknown): void {
    const isConstant = this.#constants.has(name);
    this.#define(name, { value, writable: true });
    if (isConstant) this.fix(name);
  }

  /** Makes a name what `const` makes it. */
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
    if (name in globalThis) return (globalThis as Record<PropertyKey, unknown>)[name];
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
