import { Reflect, withOwnMethods } from './language.ts';

const { prototype: ofFunctions } = Function;
const texts = withOwnMethods(new WeakMap<object, string>());
const nativeText = Reflect.get(ofFunctions, 'toString');

/** Makes JavaScript show the texts of functions: a property of each would be seen among its own. */
export function showTexts(): void {
  const holder = {
    toString(this: object): string {
      return textOf(this);
    },
  };
  const value: object = Reflect.get(holder, 'toString');
  showAs(value, sourceOf(nativeText));
  Reflect.defineProperty(ofFunctions, 'toString', { value, configurable: true, writable: true });
}

/** Makes a function or a class show a text as its source. */
export function showAs<T extends object>(made: T, text: string): T {
  texts.set(made, text);
  return made;
}

/** The source that a function or a class shows, whatever its own `toString` says. */
export function textOf(made: object): string {
  return texts.get(made) ?? sourceOf(made);
}

/** The source that JavaScript knows. */
export function sourceOf(body: object): string {
  return Reflect.apply(nativeText, body, []);
}
