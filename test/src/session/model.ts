// The steps are called by a test, one after another.
/* oxlint-disable jest/no-standalone-expect */
import { expect } from '@jest/globals';
import { type openSession, Post, User } from '../../../src/index.ts';
import { Label } from '../fixtures/library.ts';

type Session = Awaited<ReturnType<typeof openSession>>;
type State = 'transient' | 'pending' | 'persistent' | 'removed' | 'gone';

/** What is to be seen of an object: of a user its name, of a post its author too, of a label the rest. */
interface Fields {
  readonly name: string;
  readonly author?: Row<User> | undefined;
  readonly city?: string;
  readonly posts?: readonly Row<Post>[];
}

interface Row<T> {
  readonly object: T;
  state: State;
  now: Fields;
  /** What the last commit left, for what it left. */
  committed: Fields | undefined;
}

type AnyRow = Row<User> | Row<Post> | Row<Label>;

/** Linking comes twice, to come more often. */
export const KINDS = [
  ...(['user', 'user', 'post', 'post', 'label', 'rename', 'retitle', 'relabel', 'link', 'link'] as const),
  ...(['unlink', 'tag', 'tag', 'remove', 'again', 'flush', 'query', 'fail', 'rollback', 'commit'] as const),
];

/** One thing that a person does; numbers choose among what there is. */
export type Step = readonly [kind: (typeof KINDS)[number], a: number, b: number];

/** What memory and database must hold, kept in the simplest way: a list of rows, and what they were at the last commit. */
export class Model {
  readonly #session: Session;
  readonly #users: Row<User>[] = [];
  readonly #posts: Row<Post>[] = [];
  readonly #labels: Row<Label>[] = [];
  #names = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  async step([kind, a, b]: Step): Promise<void> {
    switch (kind) {
      case 'user': {
        const name = this.#name();
        return this.#add(this.#users, new User({ username: name, email: name, password: 'p' }), { name });
      }
      case 'post': {
        const author = b % 2 ? pick(live(this.#users), a) : undefined;
        const name = this.#name();
        const fields = { title: name, content: 'c', ...(author && { author: author.object }) };
        return this.#add(this.#posts, new Post(fields), { name, author });
      }
      case 'label': {
        const name = this.#name();
        return this.#add(this.#labels, new Label(name), { name, city: 'Rome', posts: [] });
      }
      case 'rename':
        return change(pick(live(this.#users), a), { name: this.#name() });
      case 'retitle':
        return change(pick(live(this.#posts), a), { name: this.#name() });
      case 'relabel':
        return change(pick(live(this.#labels), a), b % 2 ? { name: this.#name() } : { city: this.#name() });
      case 'link':
        return change(pick(live(this.#posts), a), { author: pick(live(this.#users), b) });
      case 'unlink': {
        const row = pick(live(this.#posts), a);
        if (!row?.now.author) return;
        const posts = (await this.#session.read(row.now.author.object, 'posts')) as User['posts'];
        posts.remove(row.object);
        row.now = { ...row.now, author: undefined };
        return;
      }
      case 'tag':
        return this.#tag(pick(live(this.#labels), a), pick(live(this.#posts), b));
      case 'remove':
        return this.#remove(a, b);
      case 'again': {
        const row = pick<AnyRow>(this.#all.filter(isTransient), a);
        if (!row) return;
        this.#session.add(row.object);
        return this.#cascade(row);
      }
      case 'flush':
        await this.#session.flush();
        return;
      case 'query':
        expect(await this.#session.query(User).count()).toBe(live(this.#users).length);
        expect(await this.#session.query(Post).count()).toBe(live(this.#posts).length);
        expect(await this.#session.query(Label).count()).toBe(live(this.#labels).length);
        return this.#look();
      case 'fail':
        return this.#fail(a, b);
      case 'rollback':
        await this.#session.rollback();
        for (const row of this.#all) rolledBack(row);
        await this.#look();
        return this.#database();
      case 'commit':
        await this.#session.commit();
        for (const row of this.#all) commit(row);
        await this.#look();
        return this.#database();
    }
  }

  get #all(): readonly AnyRow[] {
    return [...this.#users, ...this.#posts, ...this.#labels];
  }

  #add<T extends object>(rows: Row<T>[], object: T, now: Fields): void {
    this.#session.add(object);
    rows.push({ object, state: 'pending', now, committed: undefined });
  }

  /** Puts a post under a label, or takes it off. */
  async #tag(label: Row<Label> | undefined, post: Row<Post> | undefined): Promise<void> {
    if (!label || !post) return;
    const posts = (await this.#session.read(label.object, 'posts')) as Label['posts'];
    const before = label.now.posts ?? [];
    const isOn = before.includes(post);
    if (isOn) posts.remove(post.object);
    else posts.add(post.object);
    label.now = { ...label.now, posts: isOn ? before.filter(one => one !== post) : [...before, post] };
  }

  #remove(a: number, b: number): void {
    const rows: readonly AnyRow[] = [live(this.#users), live(this.#posts), live(this.#labels)][b % 3] ?? [];
    const row = pick(
      rows.filter(({ object }) => !this.#session.new.includes(object)),
      a,
    );
    const refersToIt = ({ state, now }: AnyRow) =>
      state !== 'gone' &&
      (now.author === row || (now.posts as AnyRow[] | undefined)?.includes(row!) === true);
    if (!row || this.#all.some(refersToIt)) return;
    this.#session.remove(row.object);
    row.state = 'removed';
  }

  /** Two users of one name: whatever writes them fails, and afterwards all is as it was. */
  async #fail(a: number, b: number): Promise<void> {
    const [row, other] = [pick(live(this.#users), a), pick(live(this.#users), b)];
    if (!row || !other || row === other) return;
    row.object.username = other.now.name;
    const ways = [
      () => this.#session.commit(),
      () => this.#session.flush(),
      () => this.#session.query(Post).all(),
    ];
    await expect(ways[(a + b) % ways.length]?.()).rejects.toMatchObject({ name: 'UniqueViolation' });
    change(row, { name: this.#name() });
  }

  /** What is reachable is added with it. */
  #cascade(row: AnyRow): void {
    row.state = 'pending';
    const reached: readonly (AnyRow | undefined)[] = [
      row.now.author,
      ...(row.now.posts ?? []),
      ...this.#posts.filter(post => post.now.author === row),
    ];
    for (const next of reached) if (next && isTransient(next)) this.#cascade(next);
  }

  /** Every variable shows what the model says. */
  async #look(): Promise<void> {
    const read = (object: object, name: string) => this.#session.read(object, name);
    for (const { object, state, now } of this.#users) {
      expect(await read(object, 'username')).toBe(now.name);
      expect(this.#session.has(object)).toBe(isLive(state));
      if (state === 'transient') expect(object.id).toBe(undefined);
      if (!isLive(state)) continue;
      const posts = (await read(object, 'posts')) as User['posts'];
      expect(titles(posts)).toEqual(
        namesOf(live(this.#posts).filter(({ now: { author } }) => author?.object === object)),
      );
    }
    for (const { object, now } of present(this.#posts)) {
      expect(await read(object, 'title')).toBe(now.name);
      expect((await read(object, 'author')) ?? undefined).toBe(now.author?.object);
    }
    for (const { object, now } of present(this.#labels)) {
      expect([await read(object, 'name'), object.place.city]).toEqual([now.name, now.city]);
      expect(titles((await read(object, 'posts')) as Label['posts'])).toEqual(
        namesOf(present(now.posts ?? [])),
      );
    }
  }

  async #database(): Promise<void> {
    const select = (sql: string): Promise<object[]> => this.#session.em.execute(sql);
    const kept = <T>(rows: readonly Row<T>[]) =>
      rows
        .filter(({ state }) => state === 'persistent')
        .toSorted((x, y) => (x.now.name < y.now.name ? -1 : 1))
        .map(({ now }) => now);
    expect(await select('select username from "user" order by username')).toEqual(
      kept(this.#users).map(({ name }) => ({ username: name })),
    );
    expect(
      await select('select title, username from post left join "user" on "user".id = user_id order by title'),
    ).toEqual(kept(this.#posts).map(now => ({ title: now.name, username: now.author?.now.name ?? null })));
    expect(await select('select name, place_city as city from label order by name')).toEqual(
      kept(this.#labels).map(({ name, city }) => ({ name, city })),
    );
    expect(
      await select(
        'select name, title from label_posts join label on label.id = label_id join post on post.id = post_id order by 1, 2',
      ),
    ).toEqual(
      kept(this.#labels).flatMap(now =>
        namesOf(present(now.posts ?? [])).map(title => ({ name: now.name, title })),
      ),
    );
  }

  #name(): string {
    return `n${String(this.#names++).padStart(4, '0')}`;
  }
}

/** Changes the object and what is expected of it. */
function change(row: AnyRow | undefined, fields: Partial<Fields>): void {
  if (!row || ('author' in fields && !fields.author)) return;
  row.now = { ...row.now, ...fields };
  if (row.object instanceof User) row.object.username = row.now.name;
  else if (row.object instanceof Label)
    [row.object.name, row.object.place.city] = [row.now.name, row.now.city ?? ''];
  else if (fields.author) row.object.author = fields.author.object;
  else row.object.title = row.now.name;
}

function commit(row: AnyRow): void {
  if (row.state === 'removed') row.state = 'gone';
  if (row.state === 'pending') row.state = 'persistent';
  if (row.state === 'persistent') row.committed = row.now;
}

function rolledBack(row: AnyRow): void {
  if (row.state === 'gone' || row.state === 'transient') return;
  row.state = row.committed === undefined ? 'transient' : 'persistent';
  row.now = row.committed ?? row.now;
}

function live<T>(rows: readonly Row<T>[]): Row<T>[] {
  return rows.filter(({ state }) => isLive(state));
}

function present<T>(rows: readonly Row<T>[]): Row<T>[] {
  return rows.filter(({ state }) => state !== 'removed' && state !== 'gone');
}

function isLive(state: State): boolean {
  return state === 'pending' || state === 'persistent';
}

function isTransient({ state }: AnyRow): boolean {
  return state === 'transient';
}

function pick<T>(rows: readonly T[], index: number): T | undefined {
  return rows.length === 0 ? undefined : rows[index % rows.length];
}

function titles(posts: Iterable<Post>): string[] {
  return [...posts].map(({ title }) => title).toSorted();
}

function namesOf(rows: readonly AnyRow[]): string[] {
  return rows.map(({ now }) => now.name).toSorted();
}
