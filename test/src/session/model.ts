// The steps are called by a test, one after another.
/* oxlint-disable jest/no-standalone-expect */
import { expect } from '@jest/globals';
import { type openSession, Post, User } from '../../../src/index.ts';

type Session = Awaited<ReturnType<typeof openSession>>;
type State = 'transient' | 'pending' | 'persistent' | 'removed' | 'gone';

interface Row<T> {
  readonly object: T;
  state: State;
  name: string;
  author: Row<User> | undefined;
  /** What the last commit left, for what it left. */
  committed: { readonly name: string; readonly author: Row<User> | undefined } | undefined;
}

/** One thing that a person does; numbers choose among what there is. */
export type Step = readonly [
  kind:
    | 'user'
    | 'post'
    | 'rename'
    | 'retitle'
    | 'link'
    | 'unlink'
    | 'remove'
    | 'again'
    | 'flush'
    | 'query'
    | 'fail'
    | 'rollback'
    | 'commit',
  a: number,
  b: number,
];

/** What memory and database must hold, kept in the simplest way: a list of rows, and what they were at the last commit. */
export class Model {
  readonly #session: Session;
  readonly #users: Row<User>[] = [];
  readonly #posts: Row<Post>[] = [];
  #names = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  async step([kind, a, b]: Step): Promise<void> {
    switch (kind) {
      case 'user': {
        const name = this.#name();
        const object = new User({ username: name, email: name, password: 'p' });
        this.#session.add(object);
        this.#users.push({ object, state: 'pending', name, author: undefined, committed: undefined });
        return;
      }
      case 'post': {
        const author = pick(this.#live(this.#users), a);
        const name = this.#name();
        const object = new Post({
          title: name,
          content: 'c',
          ...(author && b % 2 ? { author: author.object } : {}),
        });
        this.#session.add(object);
        this.#posts.push({
          object,
          state: 'pending',
          name,
          author: b % 2 ? author : undefined,
          committed: undefined,
        });
        return;
      }
      case 'rename': {
        const row = pick(this.#live(this.#users), a);
        if (row) row.object.username = row.name = this.#name();
        return;
      }
      case 'retitle': {
        const row = pick(this.#live(this.#posts), a);
        if (row) row.object.title = row.name = this.#name();
        return;
      }
      case 'link': {
        const [row, author] = [pick(this.#live(this.#posts), a), pick(this.#live(this.#users), b)];
        if (!row || !author) return;
        row.object.author = author.object;
        row.author = author;
        return;
      }
      case 'unlink': {
        const row = pick(this.#live(this.#posts), a);
        if (!row?.author) return;
        const posts = (await this.#session.read(row.author.object, 'posts')) as User['posts'];
        posts.remove(row.object);
        row.author = undefined;
        return;
      }
      case 'remove':
        return this.#remove(a, b);
      case 'again': {
        const row = pick<Row<User> | Row<Post>>([...this.#users, ...this.#posts].filter(isTransient), a);
        if (!row) return;
        this.#session.add(row.object);
        this.#cascade(row);
        return;
      }
      case 'flush':
        await this.#session.flush();
        return;
      case 'query':
        expect(await this.#session.query(User).count()).toBe(this.#live(this.#users).length);
        expect(await this.#session.query(Post).count()).toBe(this.#live(this.#posts).length);
        return this.#look();
      case 'fail':
        return this.#fail(a, b);
      case 'rollback':
        await this.#session.rollback();
        for (const row of [...this.#users, ...this.#posts]) rolledBack(row);
        await this.#look();
        return this.#database();
      case 'commit':
        await this.#session.commit();
        for (const row of [...this.#users, ...this.#posts]) commit(row);
        await this.#look();
        return this.#database();
    }
  }

  #remove(a: number, b: number): void {
    const isPost = b % 2 === 1;
    const rows: readonly (Row<User> | Row<Post>)[] = isPost
      ? this.#live(this.#posts)
      : this.#live(this.#users);
    const row = pick(
      rows.filter(({ object }) => !this.#session.new.includes(object)),
      a,
    );
    if (!row || (!isPost && this.#posts.some(post => post.author === row && post.state !== 'gone'))) return;
    this.#session.remove(row.object);
    row.state = 'removed';
  }

  /** Two users of one name: whatever writes them fails, and afterwards all is as it was. */
  async #fail(a: number, b: number): Promise<void> {
    const [row, other] = [pick(this.#live(this.#users), a), pick(this.#live(this.#users), b)];
    if (!row || !other || row === other) return;
    row.object.username = other.name;
    const ways = [
      () => this.#session.commit(),
      () => this.#session.flush(),
      () => this.#session.query(Post).all(),
    ];
    await expect(ways[(a + b) % ways.length]?.()).rejects.toMatchObject({ name: 'UniqueViolation' });
    row.object.username = row.name = this.#name();
  }

  #cascade(row: Row<User> | Row<Post>): void {
    row.state = 'pending';
    if (row.author && isTransient(row.author)) this.#cascade(row.author);
    for (const post of this.#posts) if (post.author === row && isTransient(post)) this.#cascade(post);
  }

  /** Every variable shows what the model says. */
  async #look(): Promise<void> {
    for (const { object, state, name } of this.#users) {
      expect(await this.#session.read(object, 'username')).toBe(name);
      expect(this.#session.has(object)).toBe(state === 'pending' || state === 'persistent');
      if (state === 'transient') expect(object.id).toBe(undefined);
      if (state !== 'pending' && state !== 'persistent') continue;
      const posts = (await this.#session.read(object, 'posts')) as User['posts'];
      const expected = this.#live(this.#posts).filter(post => post.author?.object === object);
      expect(new Set(posts.map(post => post.title))).toEqual(new Set(expected.map(post => post.name)));
      expect(posts.length).toBe(expected.length);
    }
    for (const { object, state, name, author } of this.#posts) {
      if (state === 'gone' || state === 'removed') continue;
      expect(await this.#session.read(object, 'title')).toBe(name);
      expect((await this.#session.read(object, 'author')) ?? undefined).toBe(author?.object);
    }
  }

  async #database(): Promise<void> {
    const users = await this.#session.em.execute('select username from "user" order by username');
    const names = this.#users.flatMap(row => (row.state === 'persistent' ? [row.name] : []));
    expect(users).toEqual(names.toSorted().map(username => ({ username })));
    const posts = await this.#session.em.execute(
      'select title, username from post left join "user" on "user".id = user_id order by title',
    );
    const rows = this.#posts
      .filter(row => row.state === 'persistent')
      .toSorted((x, y) => (x.name < y.name ? -1 : 1));
    expect(posts).toEqual(rows.map(row => ({ title: row.name, username: row.author?.name ?? null })));
  }

  #live<T>(rows: readonly Row<T>[]): Row<T>[] {
    return rows.filter(({ state }) => state === 'pending' || state === 'persistent');
  }

  #name(): string {
    return `n${String(this.#names++).padStart(4, '0')}`;
  }
}

function pick<T>(rows: readonly T[], index: number): T | undefined {
  return rows.length === 0 ? undefined : rows[index % rows.length];
}

function isTransient({ state }: Row<User> | Row<Post>): boolean {
  return state === 'transient';
}

function commit(row: Row<User> | Row<Post>): void {
  if (row.state === 'removed') row.state = 'gone';
  if (row.state === 'pending') row.state = 'persistent';
  if (row.state === 'persistent') row.committed = { name: row.name, author: row.author };
}

function rolledBack(row: Row<User> | Row<Post>): void {
  if (row.state === 'gone' || row.state === 'transient') return;
  if (row.committed === undefined) {
    row.state = 'transient';
    return;
  }
  row.state = 'persistent';
  row.name = row.committed.name;
  row.author = row.committed.author;
}
