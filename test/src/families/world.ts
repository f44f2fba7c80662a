import type { Family } from './family.ts';
import { kinds } from './kinds.ts';
import type { Kind, Subject, Target } from './kinds/kind.ts';
import { ObjectModel } from './model.ts';
import type { Session } from './show.ts';

/** Objects of a family in a session, with what a second connection does and sees. */
export class World {
  readonly session: Session;
  readonly other: Session;
  readonly family: Family;
  readonly things: readonly Thing[];
  /** Whether a savepoint is open. */
  isNested = false;

  constructor(session: Session, other: Session, family: Family, names: readonly string[]) {
    [this.session, this.other, this.family] = [session, other, family];
    this.things = names.map(name => new Thing(this, name));
  }

  get models(): readonly ObjectModel[] {
    return this.things.map(({ model }) => model);
  }

  /** Empties the tables, and makes transient objects, each with targets that have rows. */
  async begin(): Promise<void> {
    const { table } = this.family;
    for (const one of [table, `${table}target`]) await this.other.em.execute(`delete from ${one}`);
    for (const thing of this.things) this.session.addAll(thing.makeTargets());
    await this.session.commit();
    for (const thing of this.things) thing.make();
  }

  /** Empties the session, and finds those that have rows again; transient ones are made anew. */
  async again(find: (thing: Thing) => Promise<object | null>): Promise<void> {
    this.session.em.clear();
    const targets = await this.session.query(this.family.Target).orderBy('name').all();
    for (const thing of this.things) {
      thing.targets = targets.filter(({ code }) => code.startsWith(`${thing.name} `));
      if (thing.model.life === 'transient') thing.make();
      if (thing.model.committed === undefined) continue;
      thing.subject = (await find(thing)) as Subject;
      thing.model.life = 'persistent';
      thing.model.expire();
    }
  }
}

/** One object, and a model of it. */
export class Thing {
  readonly world: World;
  readonly name: string;
  model: ObjectModel;
  subject!: Subject;
  targets: readonly Target[] = [];

  constructor(world: World, name: string) {
    [this.world, this.name] = [world, name];
    this.model = this.#newModel();
  }

  /** The properties that a query reads, and not only a look at them. */
  get read(): readonly string[] {
    return [...this.world.family.names.filter(name => !kinds[name]?.unread), 'note'];
  }

  makeTargets(): readonly Target[] {
    const { Target: Type } = this.world.family;
    this.targets = ['t0', 't1', 't2'].map(name => new Type(name, `${this.name} ${name}`));
    return this.targets;
  }

  make(): void {
    const { names, Subject: Type } = this.world.family;
    this.model = this.#newModel();
    this.subject = new Type(this.name);
    for (const name of names) {
      const { given, preset } = kinds[name] as Kind;
      Object.assign(this.subject, given?.(this.targets));
      if (!preset) this.assign(name, 0);
    }
    if (names.some(name => kinds[name]?.isTwoSided)) this.model.life = 'pending';
  }

  assign(name: string, n: number): void {
    const kind = kinds[name] as Kind;
    const value = n < 0 ? kind.invalid?.() : kind.value(n, this.targets);
    Reflect.set(this.subject, name, value);
  }

  /** The object as another query finds it. */
  query() {
    return this.world.session.query(this.world.family.Subject).filterBy({ name: this.name });
  }

  #newModel(): ObjectModel {
    const { names } = this.world.family;
    const zeros = (some: readonly string[]) => Object.fromEntries(some.map(name => [name, 0]));
    const isPreset = (name: string) => kinds[name]?.preset === true;
    return new ObjectModel(
      zeros([...names.filter(name => !isPreset(name)), 'note']),
      zeros(names.filter(isPreset)),
      names.filter(name => kinds[name]?.isOfTarget),
    );
  }
}
