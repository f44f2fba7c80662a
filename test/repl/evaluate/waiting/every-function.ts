/** Objects of the classes whose methods cannot be called on what `new` gives without arguments. */
const receivers: Readonly<Record<string, string>> = {
  Array: '[3, 1, 2]',
  ArrayBuffer: 'new ArrayBuffer(8)',
  AsyncGenerator: '(async function* () { yield 1 })()',
  BigInt: '5n',
  Blob: 'new Blob(["a"])',
  Boolean: 'true',
  Collator: 'new Intl.Collator("en")',
  DataView: 'new DataView(new ArrayBuffer(8))',
  Date: 'new Date(0)',
  DateTimeFormat: 'new Intl.DateTimeFormat("en", { timeZone: "UTC" })',
  DisplayNames: 'new Intl.DisplayNames("en", { type: "region" })',
  Error: 'new Error("x")',
  Event: 'new Event("x")',
  FinalizationRegistry: 'new FinalizationRegistry(() => {})',
  Function: '(function (a) { return a })',
  Generator: '(function* () { yield 1 })()',
  Headers: 'new Headers({ a: "1" })',
  Iterator: '[3, 1, 2].values()',
  ListFormat: 'new Intl.ListFormat("en")',
  Locale: 'new Intl.Locale("en")',
  Map: 'new Map([[1, 2], [2, 4]])',
  Number: '(5)',
  NumberFormat: 'new Intl.NumberFormat("en")',
  Object: '({ a: 1 })',
  PluralRules: 'new Intl.PluralRules("en")',
  Promise: 'Promise.resolve(7)',
  RegExp: '/b/g',
  RelativeTimeFormat: 'new Intl.RelativeTimeFormat("en")',
  Segmenter: 'new Intl.Segmenter("en")',
  Set: 'new Set([1, 2])',
  SharedArrayBuffer: 'new SharedArrayBuffer(8)',
  String: '"abcabc"',
  Symbol: 'Symbol("a")',
  TypedArray: 'new Float64Array([3, 1, 2])',
  URL: 'new URL("http://a/b")',
  URLSearchParams: 'new URLSearchParams("a=1&b=2")',
  WeakRef: 'new WeakRef({ a: 1 })',
};

/** Not compared: what acts on the process, has another value each time, waits for ever, or shows the code of a function. */
const leftGlobals =
  /^(?:global|globalThis|process|console|eval|Function|Promise|Proxy|Atomics|WebAssembly|Buffer|GLOBAL|root|jest|expect)$|^(?:after|before)[AE]|^[fx]?(?:it|test|describe)$|^(?:set|clear)[A-Z]|^fetch$|^queueMicrotask$|Crypto|Navigator|Performance|Stream|Storage|Message|Socket|EventSource|Worker|Channel|Strategy|Response|Request|FormData|File|Lock|DOMException|^(?:crypto|navigator|performance|gc)$/;
const leftNames =
  /^(?:constructor|setPrototypeOf|defineProperties|prototype|length|name|arguments|caller|now|random|captureStackTrace|prepareStackTrace|race|withResolvers|fromAsync|getOwn\w+|ownKeys|getPrototypeOf|compile|createObjectURL|resolveObjectURL|timeout|any|supportedLocalesOf|toLocale\w+|isRawJSON|revocable|__\w+|\$.*|last\w+|left\w+|right\w+|input)$/;

interface Target {
  readonly name: string;
  /** The code of a call with arguments in parentheses. */
  readonly call: (given: string) => string;
}

/** Every function of the global objects: each constructor, static, method, setter and well-known symbol, by how it is called. */
export function everyFunction(): Target[] {
  const names = Object.getOwnPropertyNames(globalThis).filter(name => !leftGlobals.test(name));
  const owners: [name: string, code: string, value: unknown][] = names.map(name => [
    name,
    name,
    Reflect.get(globalThis, name),
  ]);
  for (const name of Object.getOwnPropertyNames(Intl))
    owners.push([name, `Intl.${name}`, Reflect.get(Intl, name)]);
  owners.push(['TypedArray', 'Object.getPrototypeOf(Int8Array)', Object.getPrototypeOf(Int8Array)]);
  const found = owners.flatMap(([name, code, value]) => [
    ...(typeof value === 'function' && name !== 'TypedArray' ? calls(name, code) : []),
    ...(isObject(value) ? own(value).flatMap(key => staticCall(name, code, value, key)) : []),
    ...(isObject(value) && isObject(Reflect.get(value, 'prototype'))
      ? methods(name, code, Reflect.get(value, 'prototype') as object)
      : []),
  ]);
  const generators: [string, object][] = [
    ['Generator', function* () {}],
    ['AsyncGenerator', async function* () {}],
  ];
  for (const [name, { constructor }] of generators) {
    const prototype = Reflect.get(constructor.prototype as object, 'prototype') as object;
    found.push(...methods(name, '', prototype));
  }
  return found;
}

function calls(name: string, code: string): Target[] {
  return [
    { name, call: given => `${code}${given}` },
    { name: `new ${name}`, call: given => `new ${code}${given}` },
  ];
}

function staticCall(name: string, code: string, owner: object, key: PropertyKey): Target[] {
  const isCalled = typeof Reflect.getOwnPropertyDescriptor(owner, key)?.value === 'function';
  // The classes of a namespace have calls of their own.
  if (!isCalled || name === 'Intl') return [];
  return [{ name: `${name}${access(key)}`, call: given => `${code}${access(key)}${given}` }];
}

/** Methods and setters on an object of the class, and methods on whatever comes first. */
function methods(name: string, code: string, prototype: object): Target[] {
  const receiver = receivers[name] ?? `new ${code}()`;
  return own(prototype).flatMap(key => {
    const descriptor = Reflect.getOwnPropertyDescriptor(prototype, key);
    const method = `${name}.prototype${access(key)}`;
    if (descriptor?.set)
      return [{ name: method, call: given => `(o => (o${access(key)} = ${given}, o))(${receiver})` }];
    if (typeof descriptor?.value !== 'function') return [];
    const called = { name: method, call: (given: string) => `${receiver}${access(key)}${given}` };
    const borrowed = {
      name: `${method}.call`,
      call: (given: string) => `${code}.prototype${access(key)}.call${given}`,
    };
    return code === '' ? [called] : [called, borrowed];
  });
}

function own(object: object): PropertyKey[] {
  return Reflect.ownKeys(object).filter(key =>
    typeof key === 'string'
      ? /^[a-z]\w*$/i.test(key) && !leftNames.test(key)
      : key.description?.startsWith('Symbol.'),
  );
}

function access(key: PropertyKey): string {
  return typeof key === 'symbol' ? `[${key.description}]` : `.${String(key)}`;
}

function isObject(value: unknown): value is object {
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}
