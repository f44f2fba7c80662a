import { Object, Reflect, withOwnMethods } from './language.ts';

const texts = withOwnMethods(new WeakMap<object, string>());
const textOf = Reflect.get(Function.prototype, 'toString');

/** Makes a function or a class show a text as its source. */
export function showAs<T extends object>(made: T, text: string): T {
  texts.set(made, text);
  return Object.defineProperty(made, 'toString', { value: showText, configurable: true, writable: true });
}

/** Whether a function is the one by which functions show their source. */
export function isTextOfFunctions(shown: unknown): boolean {
  return shown === textOf || shown === showText;
}

/** The source that JavaScript knows. */
export function sourceOf(body: object): string {
  return Reflect.apply(textOf, body, []);
}

function showText(this: object): string {
  return texts.get(this) ?? sourceOf(this);
}
