import { camelCase, type Models } from './models.ts';
import { join, type Kind } from './kinds.ts';
import { Refusal } from './refusal.ts';

/** Words of TypeScript that are names in Python, and names that a shell could not do without. */
const taken: ReadonlySet<string> = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return
  static super switch this throw true try typeof undefined var void while with yield console Object Map Set Array Number
  String Math Date JSON`.split(/\s+/),
);

/** What names stand for while a session is translated: those of the prompt, and those of functions in it. */
export class Names {
  readonly models: Models;
  #scopes: Map<string, Kind>[] = [new Map()];
  /** Names of other modules, by those that they were imported as. */
  readonly #imported = new Map<string, string>();
  /** Names that functions read: they must keep their kind. */
  readonly #kept = new Set<string>();
  /** Expressions that are known not to be None here. */
  #present: readonly string[] = [];

  constructor(models: Models) {
    this.models = models;
  }

  get isInFunction(): boolean {
    return this.#scopes.length > 1;
  }

  lookUp(name: string): Kind | undefined {
    const index = this.#scopes.findLastIndex(scope => scope.has(name));
    if (index === 0 && this.isInFunction) this.#kept.add(name);
    return this.#scopes[index]?.get(name);
  }

  /** @throws Refusal for a name that a function relies on */
  bind(name: string, kind: Kind): void {
    const scope = this.#scopes.at(-1) as Map<string, Kind>;
    const before = scope.get(name);
    if (
      scope === this.#scopes[0] &&
      this.#kept.has(name) &&
      before &&
      JSON.stringify(before) !== JSON.stringify(kind)
    )
      throw new Refusal(
        `${name} is used by a function, which was translated for what it held before`,
        'Give it another name.',
      );
    scope.set(name, kind);
    this.#present = this.#present.filter(each => !new RegExp(`\\b${name}\\b`).test(each));
  }

  /** What is known of what a name holds changes, and not what it holds. */
  widen(name: string, kind: Kind): void {
    this.#scopes.findLast(scope => scope.has(name))?.set(name, kind);
  }

  /** A name gets its value in what is not translated. */
  refuse(name: string, why: string): void {
    this.#scopes[0]?.set(name, { is: 'refused', why });
  }

  import(name: string, as: string): void {
    this.#imported.set(as, name);
  }

  /** What a name was called where it was imported from. */
  original(name: string): string {
    return this.lookUp(name) === undefined ? (this.#imported.get(name) ?? name) : name;
  }

  /** The name in TypeScript. */
  typeScript(name: string): string {
    if (taken.has(name)) return `${name}_`;
    return this.#imported.has(name) && this.lookUp(name) === undefined
      ? camelCase(this.original(name))
      : name;
  }

  /** Runs with names of its own. */
  inside<T>(bound: Iterable<readonly [string, Kind]>, work: () => T): T {
    const present = this.#present;
    this.#scopes.push(new Map(bound));
    try {
      return work();
    } finally {
      this.#scopes.pop();
      this.#present = present;
    }
  }

  /** Runs where some expressions are known not to be None. */
  where<T>(present: readonly string[], work: () => T): T {
    const before = this.#present;
    this.#present = [...before, ...present];
    try {
      return work();
    } finally {
      this.#present = before;
    }
  }

  isPresent(expression: string): boolean {
    return this.#present.includes(expression);
  }

  /** Runs each way that the program may go on, and joins what the names are afterwards. */
  either<T>(ways: readonly (() => T)[]): T[] {
    const before = this.#copy();
    const ends: Map<string, Kind>[][] = [];
    const results = ways.map(way => {
      this.#scopes = before.map(scope => new Map(scope));
      const result = way();
      ends.push(this.#scopes);
      return result;
    });
    this.#scopes = before.map((_, index) => joined(ends.map(scopes => scopes[index] as Map<string, Kind>)));
    return results;
  }

  /** Runs what may run again, knowing of each name all that it may hold then. */
  again<T>(work: () => T): T {
    this.either([() => undefined, () => void work()]);
    return this.either([() => undefined, work])[1] as T;
  }

  /** Runs, and forgets what was bound if it throws. */
  attempt<T>(work: () => T): T {
    const before = this.#copy();
    try {
      return work();
    } catch (error) {
      this.#scopes = before;
      throw error;
    }
  }

  /** Runs, and forgets what was bound. */
  undone<T>(work: () => T): T {
    const before = this.#copy();
    try {
      return work();
    } finally {
      this.#scopes = before;
    }
  }

  #copy(): Map<string, Kind>[] {
    return this.#scopes.map(scope => new Map(scope));
  }
}

function joined(scopes: readonly Map<string, Kind>[]): Map<string, Kind> {
  const all = new Map<string, Kind>();
  for (const scope of scopes)
    for (const [name, kind] of scope) {
      const before = all.get(name);
      all.set(name, before ? join(before, kind) : kind);
    }
  return all;
}
