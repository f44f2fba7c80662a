/** The names that every row of the await table may use, fresh for each run; `log` tells what happened, in order. */
export function createFixtures() {
  const log: string[] = [];
  const note = <T>(value: T): T => {
    log.push(String(value));
    return value;
  };
  const later = async <T>(value: T): Promise<T> => {
    log.push(`later ${String(value)}`);
    await Promise.resolve();
    log.push(`then ${String(value)}`);
    return value;
  };
  /** What `later` is once it has been waited for. */
  const soon = <T>(value: T): T => {
    log.push(`later ${String(value)}`, `then ${String(value)}`);
    return value;
  };
  const fail = async (message: string): Promise<never> => {
    await Promise.resolve();
    throw new RangeError(message);
  };
  const boom = (message: string): never => {
    throw new EvalError(message);
  };

  class Account {
    #balance = 10;
    readonly owner: string;
    constructor(owner: string) {
      this.owner = owner;
    }
    get balance(): number {
      log.push('get balance');
      return this.#balance;
    }
    async deposit(amount: number): Promise<this> {
      await Promise.resolve();
      this.#balance += amount;
      log.push(`deposit ${amount}`);
      return this;
    }
    static async open(owner: string): Promise<Account> {
      await Promise.resolve();
      return new Account(owner);
    }
  }
  class Author {
    readonly name: string;
    constructor(name: string) {
      this.name = name;
    }
    toString(): string {
      return this.name;
    }
  }
  class Shelf extends Array<unknown> {}

  const post = { title: 'One', tags: ['a', 'b'], author: Promise.resolve({ name: 'Corey', age: 30 }) };
  const o = {
    n: 1,
    p: Promise.resolve(2),
    get g(): number {
      log.push('get g');
      return 3;
    },
    get gp(): Promise<number> {
      return later(4);
    },
    set s(value: unknown) {
      log.push(`set ${String(value)}`);
    },
    async m(this: { n: number }, ...args: number[]): Promise<number> {
      await Promise.resolve();
      return args.reduce((sum, each) => sum + each, this.n);
    },
    deep: { p: Promise.resolve({ q: 5, list: [1, 2, 3], none: null }) },
    list: [3, 1, 2],
    promises: [Promise.resolve(1), Promise.resolve(2)],
    none: null,
    post,
    self() {
      return this;
    },
  };
  const thenable = {
    // oxlint-disable-next-line unicorn/no-thenable -- this is what must not be awaited
    then(resolve: (value: number) => void): void {
      log.push('then called');
      resolve(9);
    },
  };
  /** Counts the traps that reach it. */
  const traced = (target: object) =>
    new Proxy(target, {
      get: (object, key, receiver) => {
        log.push(`get ${String(key)}`);
        return Reflect.get(object, key, receiver) as unknown;
      },
      set: (object, key, value, receiver) => {
        log.push(`set ${String(key)}`);
        return Reflect.set(object, key, value, receiver);
      },
      has: (object, key) => {
        log.push(`has ${String(key)}`);
        return key in object;
      },
      deleteProperty: (object, key) => {
        log.push(`delete ${String(key)}`);
        return Reflect.deleteProperty(object, key);
      },
      ownKeys: object => {
        log.push('keys');
        return Reflect.ownKeys(object);
      },
    });
  const tag = async (strings: TemplateStringsArray, ...values: unknown[]) => {
    await Promise.resolve();
    return [strings.raw.join('|'), ...values];
  };
  const numbers = {
    *[Symbol.iterator]() {
      try {
        for (const each of [1, 2, 3]) {
          log.push(`give ${each}`);
          yield each;
        }
      } finally {
        log.push('closed');
      }
    },
  };
  const stream = {
    async *[Symbol.asyncIterator]() {
      try {
        for (const each of [1, 2, 3]) {
          await Promise.resolve();
          log.push(`give ${each}`);
          yield each;
        }
      } finally {
        log.push('closed');
      }
    },
  };
  const posts = ['One', 'Two', 'Three'].map((title, index) => ({
    title,
    votes: 3 - index,
    get author() {
      return later(new Author(`Author ${index}`));
    },
  }));
  const query = {
    where(text: string) {
      log.push(`where ${text}`);
      return this;
    },
    first: () =>
      later({ title: 'One', posts: [{ title: 'Deep', likes: later(7) }], toString: () => 'first' }),
    all: () => later(posts),
  };
  return {
    log,
    note,
    later,
    soon,
    fail,
    boom,
    tag,
    traced,
    Account,
    Shelf,
    o,
    thenable,
    numbers,
    stream,
    posts,
    query,
  };
}
