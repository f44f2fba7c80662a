import { inspect, type InspectOptionsStylized } from 'node:util';
import { accessorFor, asMethod } from './accessors.ts';
import { type Body, callOther, comparing, type Comparison, enter, isCalledByOthers } from './coroutine.ts';
import { Object, Reflect, some, TypeError, withOwnMethods } from './language.ts';
import { showAs, sourceOf, textOf } from './function-text.ts';
import { enterGenerator, TypedGenerator } from './typed-generators.ts';
import { isConstructor } from './v8-messages.ts';
import { type Callback, isPlainArray, isPlainData } from './values.ts';
import { asTyped, noteTypedClass } from './what-is-typed.ts';

/** How functions compare, those that only do that. */
const comparisons = withOwnMethods(new WeakMap<object, Comparison>());

/** How to call a typed function for each comparison of a sort; undefined if it has to be called as any function. */
export function asComparison(
  value: unknown,
  list: unknown,
): ((one: unknown, other: unknown) => unknown) | undefined {
  const comparison = typeof value === 'function' ? comparisons.get(value) : undefined;
  return comparison && comparing(comparison, isPlainArray(list) && !some(list, item => !isPlainData(item)));
}

/** What compiled code tells about a method that was written as a generator. */
type WrittenMethod = readonly [
  isStatic: boolean,
  key: PropertyKey,
  isGenerator: boolean,
  length: number,
  text: string,
  /** What its source has, and that of no other. */
  mark: string,
];

/** What compiled code tells about an accessor or an async method, which stays what it is, but for its text. */
type NativeMethod = readonly [
  isStatic: boolean,
  key: PropertyKey,
  kind: 'get' | 'set' | 'value',
  text: string,
];

/** Methods that JavaScript itself calls, and of which it uses the value at once. */
const usedAtOnce: ReadonlySet<string> = withOwnMethods(
  new Set([
    'toString',
    'valueOf',
    'toJSON',
    'toLocaleString',
    '[Symbol.toPrimitive]',
    '[Symbol.hasInstance]',
    '[Symbol.toStringTag]',
    '[nodejs.util.inspect.custom]',
  ]),
);

/**
 * What compiled code tells about the functions in it.
 *
 * @param cannotWait makes the error for a function that would have to wait, given its text
 */
export function createTypedFunctions(cannotWait: (typed: string) => Error) {
  /** Enters a function that JavaScript itself may call, and then uses the value at once. */
  const enterStrictly = (
    body: Body,
    self: unknown,
    args: readonly unknown[],
    text: string,
    newTarget?: unknown,
  ): unknown => {
    const call = () => enter(body, self, args, newTarget);
    return isCalledByOthers() ? callOther(() => cannotWait(text), call) : call();
  };
  const method = (body: Body, text: string): Callback =>
    usedAtOnce.has(body.name)
      ? asMethod((self, args) => enterStrictly(body, self, args, text))
      : asMethod((self, args) => enter(body, self, args));
  const generator = (body: Body, name: string, length: number, text: string): Callback => {
    const made: Callback = asMethod((self, args) => enterGenerator(body, self, args, made));
    return presentGenerator(made, name, length, text);
  };
  /** Puts functions in the place of methods that were written as generators. */
  const methods = <T extends object>(owner: T, all: readonly (WrittenMethod | NativeMethod)[]): T => {
    for (const written of all) {
      const [isStatic, key] = written;
      const target =
        typeof owner === 'function' && !isStatic ? (Reflect.get(owner, 'prototype') as object) : owner;
      const property = Object.getOwnPropertyDescriptor(target, key);
      if (written.length === 4) {
        const [, , kind, text] = written;
        const held: unknown = property?.[kind];
        if (typeof held !== 'function') continue;
        if (kind === 'value') showAs(held, text);
        else {
          const accessor = accessorFor(held as Callback, text, kind, () => cannotWait(text));
          Object.defineProperty(target, key, { ...property, [kind]: accessor });
        }
        continue;
      }
      const [, , isGenerator, length, text, mark] = written;
      const body = property?.value as Body | undefined;
      // Another definition of the same key may have taken its place.
      if (typeof body !== 'function' || !sourceOf(body).includes(mark)) continue;
      const made = isGenerator
        ? generator(body, body.name, length, text)
        : present(method(body, text), body.name, length, text);
      Object.defineProperty(target, key, { ...property, value: made });
    }
    return owner;
  };
  return {
    enter,
    enterGenerator,
    generator,
    methods,
    typed(
      body: Body,
      name: string,
      length: number,
      text: string,
      isArrow = false,
      comparison?: Comparison,
    ): Callback {
      if (usedAtOnce.has(name)) {
        const strict = isArrow
          ? (...args: unknown[]) => enterStrictly(body, undefined, args, text)
          : function (this: unknown, ...args: unknown[]) {
              return enterStrictly(body, this, args, text, new.target);
            };
        return present(strict, name, length, text);
      }
      const made: Callback = isArrow
        ? (...args) => enter(body, undefined, args)
        : function (this: unknown, ...args) {
            return enter(body, this, args, new.target);
          };
      if (comparison) comparisons.set(made, comparison);
      return present(made, name, length, text);
    },
    /** A declared function, which JavaScript has made. */
    register(
      made: Callback,
      isGenerator: boolean,
      name: string,
      length: number,
      text: string,
      comparison?: Comparison,
    ): void {
      if (comparison) comparisons.set(made, comparison);
      if (isGenerator) presentGenerator(made, name, length, text);
      else present(made, name, length, text);
    },
    /** An async function, which waits by itself: it looks as it was typed. */
    native<T extends object>(made: T, text: string, name: string): T {
      if (name !== '') Object.defineProperty(made, 'name', { value: name, configurable: true });
      return showAs(made, text);
    },
    /** The function of a private method, given its coroutine: always the same. */
    privateMethod(body: Body, isGenerator: boolean, name: string, length: number, text: string): Callback {
      let made = privateMethods.get(body);
      if (!made) {
        made = isGenerator
          ? generator(body, name, length, text)
          : present(method(body, text), name, length, text);
        privateMethods.set(body, made);
      }
      return made;
    },
    /** Makes a class look as it was typed. */
    presentClass(made: object, text: string, written: readonly (WrittenMethod | NativeMethod)[]): void {
      methods(made, written);
      noteTypedClass(made);
      showAs(made, text);
    },
    /**
     * A tag for what a class extends, as Node.js tells a class from a function by what is before its first brace.
     *
     * @throws TypeError for a function that no class can extend, with its text as it was typed
     */
    heritage(_: unknown, parent: unknown): unknown {
      if (typeof parent === 'function' && !isConstructor(parent))
        throw new TypeError(`Class extends value ${textOf(parent)} is not a constructor or null`);
      return parent;
    },
  };
}

/** Makes a function look as it was typed. */
function present(made: Callback, name: string, length: number, text: string): Callback {
  asTyped(made);
  Object.defineProperties(made, {
    name: { value: name, configurable: true },
    length: { value: length, configurable: true },
  });
  return showAs(made, text);
}

function presentGenerator(made: Callback, name: string, length: number, text: string): Callback {
  present(made, name, length, text);
  const prototype: unknown = Object.create(TypedGenerator.prototype);
  Object.defineProperty(made, 'prototype', { value: prototype, writable: true });
  return Object.setPrototypeOf(made, generatorFunctionPrototype) as Callback;
}

/** As Node.js shows a generator function, which it would not know this for. */
function showGenerator(this: Callback, _depth: number, options: InspectOptionsStylized): string {
  return options.stylize(
    `[GeneratorFunction${this.name === '' ? ' (anonymous)' : `: ${this.name}`}]`,
    'special',
  );
}

const privateMethods = withOwnMethods(new WeakMap<object, Callback>());
/** Inherits from JavaScript's: a function has no property more than in JavaScript. */
const generatorFunctionPrototype = Object.create(Object.getPrototypeOf(function* () {}) as object, {
  [inspect.custom]: { value: showGenerator },
}) as object;
