import { Collection, Reference, wrap } from '@mikro-orm/core';
import { isDeleted, isDetached, isPending, isPersistent } from '../../../src/unit-of-work/object-states.ts';
import type { Session } from '../../../src/index.ts';
import { classes, dump } from './schema.ts';
import type { Action, Nested, Step } from './script.ts';

/** What was seen while a scenario was played. */
export interface Seen {
  readonly seen: readonly object[];
  /** The rows, as a second connection sees them at the end. */
  readonly committed: object;
}

type Entity = Record<string, unknown>;
type Fields = Readonly<Record<string, unknown>>;
type ClassName = keyof typeof classes;

const ERRORS: Readonly<Record<string, string>> = {
  UniqueViolation: 'unique',
  MissingValue: 'not null',
  ForeignKeyViolation: 'foreign key',
  StaleRow: 'stale',
  Detached: 'detached',
  ObjectDeleted: 'gone',
  BadArgument: 'invalid',
  InvalidState: 'invalid',
};

/** Undoes a savepoint. */
class Undo extends Error {}

/** Plays the steps of a scenario in a session. The methods that steps name are the ones of `sqlalchemy_side.py`. */
export class Player {
  readonly #session: Session;
  readonly #elsewhere: Session;
  readonly #variables = new Map<string, Entity | null>();
  readonly seen: object[] = [];

  constructor(session: Session, elsewhere: Session) {
    this.#session = session;
    this.#elsewhere = elsewhere;
  }

  async run(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      if (step.side === 'python') continue;
      await (isNested(step) ? this.#nested(step) : this.#step(step));
    }
  }

  async #step({ op, args, text }: Action): Promise<void> {
    try {
      const saw = await this.#play(op, args);
      if (saw !== undefined) this.seen.push({ step: text, saw });
    } catch (error) {
      this.seen.push({ step: text, error: kindOf(error) });
    }
  }

  async #nested({ steps, fails, text }: Nested): Promise<void> {
    let isInside = false;
    try {
      await this.#session.nested(async () => {
        isInside = true;
        await this.run(steps);
        if (fails) throw new Undo();
      });
    } catch (error) {
      if (!(error instanceof Undo)) this.seen.push({ step: isInside ? 'end' : text, error: kindOf(error) });
    }
  }

  async #play(op: string, args: readonly unknown[]): Promise<unknown> {
    const session = this.#session;
    const [first, second, third] = args as readonly [string, string, unknown];
    switch (op) {
      case 'new':
        this.#variables.set(first, this.#make(second as ClassName, third as Fields));
        return undefined;
      case 'add':
        return session.addAll(args.map(name => this.#the(name)));
      case 'remove':
        return session.remove(this.#the(first));
      case 'set':
        return this.#set(this.#the(first), second, this.#value(third));
      case 'append':
        return void (await this.#list(first, second)).add(this.#the(third));
      case 'drop':
        return void (await this.#list(first, second)).remove(this.#the(third));
      case 'commit':
      case 'flush':
      case 'rollback':
        await session[op]();
        return undefined;
      case 'expire':
      case 'expunge':
      case 'refresh':
        return session[op](this.#the(first));
      case 'merge':
        this.#variables.set(first, await session.merge(this.#the(second)));
        return undefined;
      case 'get':
        this.#variables.set(first, await session.get(classOf(second), third));
        return undefined;
      case 'same': {
        const entity = this.#the(second);
        const key: unknown = wrap(entity, true).getPrimaryKey();
        this.#variables.set(first, await session.get(entity.constructor, key));
        return undefined;
      }
      case 'find': {
        const query = session.query(classOf(second)).filterBy(this.#fields(third as Fields));
        this.#variables.set(first, (await query.oneOrNone()) as Entity | null);
        return undefined;
      }
      case 'all':
        return (await session.query(classOf(first)).all()).map(one => this.#label(one as Entity)).toSorted();
      case 'count':
        return session.query(classOf(first)).count();
      case 'update':
        return this.#query(first, second as never).update(this.#fields(third as Fields));
      case 'delete':
        return this.#query(first, second as never).delete();
      case 'look':
        return this.#read(this.#the(first), second);
      case 'sql':
        return void (await session.em.execute(first));
      case 'elsewhere':
        return void (await this.#elsewhere.em.execute(first));
      case 'is':
        return this.#variables.get(first) === this.#variables.get(second);
      case 'states':
        return this.#states();
      case 'show':
        return this.#show();
      default:
        throw new TypeError(`There is no step ${op}`);
    }
  }

  #make(name: ClassName, fields: Fields): Entity {
    return Reflect.construct(classes[name], [this.#fields(fields)]) as Entity;
  }

  #the(name: unknown): Entity {
    return this.#variables.get(String(name)) as Entity;
  }

  #query(name: string, where: Fields) {
    return this.#session.query(classOf(name)).filterBy(this.#fields(where));
  }

  #fields(given: Fields): Fields {
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, this.#value(value)]));
  }

  #value(given: unknown): unknown {
    if (typeof given !== 'object' || given === null) return given;
    const { var: name, vars } = given as { var?: string; vars?: string[] };
    return vars === undefined ? this.#the(name) : vars.map(each => this.#the(each));
  }

  async #set(entity: Entity, field: string, value: unknown): Promise<void> {
    if (!Array.isArray(value)) entity[field] = value;
    else ((await this.#session.read(entity, field)) as Collection<object>).set(value as object[]);
  }

  async #list(name: string, field: string): Promise<Collection<object>> {
    return (await this.#session.read(this.#the(name), field)) as Collection<object>;
  }

  async #show(): Promise<object> {
    const states = this.#states();
    const memory: Record<string, unknown> = {};
    for (const [name, entity] of this.#variables) {
      if (entity === null) continue;
      const fields: Record<string, unknown> = {};
      for (const field of fieldsOf(entity)) fields[field] = await this.#attempt(entity, field);
      memory[name] = fields;
    }
    return { states, memory, rows: await rows(this.#session) };
  }

  #states(): object {
    return Object.fromEntries(
      [...this.#variables].map(([name, entity]) => [name, entity && this.#state(entity)]),
    );
  }

  #state(entity: Entity): string {
    const { em } = this.#session;
    const states: readonly [string, boolean][] = [
      ['pending', isPending(em, entity)],
      ['persistent', isPersistent(em, entity)],
      ['deleted', isDeleted(em, entity)],
      ['detached', isDetached(em, entity)],
      ['transient', true],
    ];
    const [state = ''] = states.find(([, is]) => is) ?? [];
    const flags = (['new', 'deleted', 'dirty'] as const).filter(name => this.#session[name].includes(entity));
    return [state, ...flags].join(' ');
  }

  async #attempt(entity: Entity, field: string): Promise<unknown> {
    try {
      return await this.#read(entity, field);
    } catch (error) {
      return `! ${kindOf(error)}`;
    }
  }

  async #read(entity: Entity, field: string): Promise<unknown> {
    const value: unknown = Reference.unwrapReference((await this.#session.read(entity, field)) as object);
    if (value === undefined) return null;
    if (value instanceof Collection)
      return (value.getItems(false) as Entity[]).map(one => this.#label(one)).toSorted();
    return typeof value === 'object' && value !== null ? this.#label(value as Entity) : value;
  }

  #label(entity: Entity): string {
    for (const [name, known] of this.#variables) if (known === entity) return name;
    const { name, title, label, bio, course } = entity;
    return `${entity.constructor.name} ${String(name ?? title ?? label ?? bio ?? course)}`;
  }
}

export async function rows(session: Session): Promise<object> {
  const found: Record<string, unknown> = {};
  for (const [name, sql] of Object.entries(dump)) {
    const tuples = (await session.em.execute(sql)).map(row => Object.values(row) as unknown[]);
    if (tuples.length > 0) found[name] = tuples;
  }
  return found;
}

function isNested(step: Step): step is Nested {
  return step.op === 'nested';
}

function classOf(name: string) {
  return classes[name as ClassName] as never;
}

function fieldsOf(entity: Entity): string[] {
  const { props } = wrap(entity, true).__meta;
  return props
    .map(({ name }) => name)
    .filter(name => name !== 'id')
    .toSorted();
}

function kindOf(error: unknown): string {
  const { name, message } = error as Error;
  return ERRORS[name] ?? `${name}: ${message}`;
}
