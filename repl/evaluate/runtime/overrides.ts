import {
  behindAccessors,
  descriptorOf,
  guarded,
  missing,
  owners,
  type Shared,
  shared,
} from './shared-objects.ts';

// Taken when the shell loads: typed code may overwrite any of them.
const {
  apply,
  defineProperty,
  deleteProperty,
  get,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  ownKeys,
  set,
  setPrototypeOf,
} = Reflect;
const { hasOwn } = Object;
const globals: object = globalThis;
const enqueue = queueMicrotask;
const { push } = Array.prototype;
const has = get(Set.prototype, 'has') as (value: unknown) => boolean;

interface Change {
  readonly owner: object;
  readonly key: PropertyKey;
  readonly before: PropertyDescriptor | undefined;
  now: PropertyDescriptor | undefined;
}

interface Assignment {
  readonly name: string;
  readonly before: unknown;
  now: unknown;
}

let applied: Overrides | undefined;

function note(overrides: Overrides | undefined): void {
  applied = overrides;
}

/** Those of the typed code that runs; undefined if none are in force. */
export function appliedOverrides(): Overrides | undefined {
  return applied;
}

/**
 * Keeps what typed code changes of JavaScript's own objects, as in `Array.prototype.map = 1`, from code that was not
 * typed: it holds while typed code runs, and neither between lines nor while the session works or a line waits.
 */
export class Overrides {
  #changed: Change[] = [];
  #assigned: Assignment[] = [];
  /** Whether what typed code has changed holds. */
  isApplied = false;
  /** Whether the line itself may change something at any time. */
  #isChanging = false;
  /** Which `Date` holds between lines: the shell itself may have frozen the clock. */
  #date = descriptorOfDate();

  /** Before a line. @param isChanging whether it could overwrite something, as far as its code tells */
  begin(isChanging: boolean): void {
    this.#date = descriptorOfDate();
    this.#isChanging = isChanging;
    this.apply();
  }

  /** Where typed code goes on: until it waits. */
  apply(): void {
    if (this.isApplied || !(this.#isChanging || this.#hasChanges())) return;
    this.isApplied = true;
    note(this);
    for (let index = 0; index < this.#changed.length; index++) {
      const { owner, key, now } = this.#changed[index] as Change;
      put(owner, key, now);
    }
    for (let index = 0; index < this.#assigned.length; index++) {
      const { name, now } = this.#assigned[index] as Assignment;
      set(globals, name, now);
    }
    apply(enqueue, undefined, [() => this.#rest()]);
  }

  /** Calls what does not see what typed code has changed. */
  aside<T>(call: () => T): T {
    if (!this.isApplied) return call();
    this.#rest();
    try {
      return call();
    } finally {
      this.apply();
    }
  }

  /** After a line. */
  end(): void {
    this.apply();
    this.#isChanging = false;
    this.#takeAllBack();
  }

  /** Nothing here may call anything that the line could have overwritten. */
  #takeAllBack(): void {
    this.isApplied = false;
    note(undefined);
    this.#changed = [];
    this.#assigned = [];
    this.#takeAdded();
    for (let index = 0; index < behindAccessors.length; index++) {
      const { name, value } = behindAccessors[index] as (typeof behindAccessors)[number];
      const now: unknown = get(globals, name);
      if (now === value) continue;
      apply(push, this.#assigned, [{ name, before: value, now }]);
      set(globals, name, value);
    }
    this.#takeBack(globals, 'Date', this.#date);
    for (let index = 0; index < shared.length; index++) {
      const { owner, key, descriptor } = shared[index] as Shared;
      if (!holds(owner, key, descriptor.value)) this.#takeBack(owner, key, descriptor);
    }
  }

  #hasChanges(): boolean {
    return this.#changed.length > 0 || this.#assigned.length > 0;
  }

  #rest(): void {
    if (!this.isApplied) return;
    if (this.#isChanging) return this.#takeAllBack();
    this.isApplied = false;
    note(undefined);
    for (let index = 0; index < this.#changed.length; index++) {
      const change = this.#changed[index] as Change;
      change.now = descriptorOf(change.owner, change.key);
      put(change.owner, change.key, change.before);
    }
    for (let index = 0; index < this.#assigned.length; index++) {
      const assignment = this.#assigned[index] as Assignment;
      assignment.now = get(globals, assignment.name);
      set(globals, assignment.name, assignment.before);
    }
  }

  /** What is added: `then` would make anything look like a promise, `return` ends every loop with a call of it. */
  #takeAdded(): void {
    for (let index = 0; index < owners.length; index++) {
      const { owner, prototype } = owners[index] as (typeof owners)[number];
      if (getPrototypeOf(owner) !== prototype) setPrototypeOf(owner, prototype);
    }
    for (let index = 0; index < guarded.length; index++) {
      const { owner, keys } = guarded[index] as (typeof guarded)[number];
      const now = ownKeys(owner);
      if (now.length === keys.size) continue;
      for (let at = 0; at < now.length; at++)
        if (!apply(has, keys, [now[at]])) this.#takeAway(owner, now[at] as PropertyKey);
    }
    for (let index = 0; index < missing.length; index++) {
      const { owner, key } = missing[index] as (typeof missing)[number];
      if (hasOwn(owner, key)) this.#takeAway(owner, key);
    }
  }

  #takeAway(owner: object, key: PropertyKey): void {
    const added = descriptorOf(owner, key);
    if (deleteProperty(owner, key))
      apply(push, this.#changed, [{ owner, key, before: undefined, now: added }]);
  }

  #takeBack(owner: object, key: PropertyKey, before: PropertyDescriptor): void {
    const now = getOwnPropertyDescriptor(owner, key);
    if (now && now.value === before.value && now.get === before.get && now.set === before.set) return;
    apply(push, this.#changed, [{ owner, key, before, now: descriptorOf(owner, key) }]);
    defineProperty(owner, key, before);
  }
}

function put(owner: object, key: PropertyKey, descriptor: PropertyDescriptor | undefined): void {
  if (descriptor) defineProperty(owner, key, descriptor);
  else deleteProperty(owner, key);
}

/** Whether a property still has its function: that is a tenth of the time that its descriptor takes. */
function holds(owner: object, key: PropertyKey, value: unknown): boolean {
  if (value === undefined) return false;
  try {
    return (owner as Record<PropertyKey, unknown>)[key] === value;
  } catch {
    return false;
  }
}

function descriptorOfDate(): PropertyDescriptor {
  return descriptorOf(globals, 'Date') as PropertyDescriptor;
}
