/** Puts another method in the place of one, which keeps the name: others tell a method by that. */
export function replaceMethod<F extends (...args: never[]) => unknown>(
  owner: object,
  name: string,
  make: (method: F) => F,
): void {
  const method = Reflect.get(owner, name) as F;
  Reflect.set(owner, name, Object.defineProperty(make(method.bind(owner) as F), 'name', { value: name }));
}
