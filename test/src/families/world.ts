import { Collection } from '@mikro-orm/core';
import type { Family } from './family.ts';
import { kinds } from './kinds.ts';
import type { Kind, Subject, Target } from './kinds/kind.ts';
import { ObjectModel } from './model.ts';
import type { Session } from './show.ts';

/** One object with a property of some kind, in a session, and a model of it. */
export class World {
  readonly session: Session;
  /** What a second connection does and sees. */
  readonly other: Session;
  readonly family: Family;
  readonly kind: Kind;
  readonly property: string;
  readonly name = 's';
  readonly model: ObjectModel;
  subject!: Subject;
  targets: readonly Target[] = [];

  constructor(session: Session, other: Session, family: Family) {
    [this.session, this.other, this.family] = [session, other, family];
    this.property = family.names[0] ?? '';
    this.kind = kinds[this.property] as Kind;
    this.model = new ObjectModel({ [this.property]: 0, note: 0 });
  }

  /** The properties that a query reads, and those that only a look at them does. */
  get read(): readonly string[] {
    return this.kind.unread ? ['note'] : ['note', this.property];
  }

  /** Three targets in the database, and a transient object. */
  async begin(): Promise<void> {
    for (const table of [this.family.table, `${this.family.table}target`])
      await this.other.em.execute(`delete from ${table}`);
    this.targets = ['t0', 't1', 't2'].map(name => new this.family.Target(name));
    this.session.addAll(this.targets);
    await this.session.commit();
    this.subject = new this.family.Subject(this.name);
    Object.assign(this.subject, this.kind.given?.(this.targets));
    if (!this.kind.preset) this.assign(0);
  }

  assign(n: number): void {
    const value = n < 0 ? this.kind.invalid?.() : this.kind.value(n, this.targets);
    const present: unknown = Reflect.get(this.subject, this.property);
    if (n >= 0 && present instanceof Collection) present.set(value as Target[]);
    else Reflect.set(this.subject, this.property, value);
  }

  /** The object as another query finds it. */
  query() {
    return this.session.query(this.family.Subject).filterBy({ name: this.name });
  }

  /** Empties the session, and finds the object again. */
  async again(find: () => Promise<Subject | null>): Promise<void> {
    this.session.em.clear();
    this.targets = await this.session.query(this.family.Target).orderBy('name').all();
    this.subject = (await find()) as Subject;
    this.model.expire();
  }
}
