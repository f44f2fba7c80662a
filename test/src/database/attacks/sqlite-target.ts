import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../../../../src/index.ts';
import type { State, Target } from './target.ts';

interface Native {
  exec(sql: string): void;
}

const FIXTURE = `
create table post (id integer primary key, title text, body text default '');
insert into post (title) values ('a'), ('b'), ('c');
update post set body = 'z' where id = 3;
create index post_body on post (body);
create table note (id integer primary key autoincrement, text text);
insert into note (text) values ('m'), ('n');
create view shown as select id from post;
create trigger writing instead of insert on shown begin insert into post (id) values (new.id); end;
create virtual table words using fts5 (text);
insert into words values ('one'), ('two');
create virtual table plain using fts5 (title, content='post');
create virtual table bare using fts5 (title, content='');
insert into bare (rowid, title) values (1, 'a'), (2, 'b');
create virtual table bare_terms using fts5vocab (bare, 'row');
create virtual table boxes using rtree (id, low, high);
insert into boxes values (1, 1, 2), (2, 2, 3);`;

export async function sqliteTarget(scheme: 'sqlite' | 'libsql'): Promise<Target> {
  const folder = await mkdtemp(join(tmpdir(), 'mikroscope-attacks-'));
  const target = new SqliteTarget(folder, scheme);
  await target.fixture();
  return target;
}

class SqliteTarget implements Target {
  readonly #folder: string;
  readonly #file: string;
  readonly #full: string;
  readonly #scheme: string;

  constructor(folder: string, scheme: string) {
    this.#scheme = scheme;
    this.#folder = folder;
    this.#file = join(folder, 'attacked.db');
    this.#full = join(folder, 'full.db');
  }

  get url(): string {
    return `${this.#scheme}:${this.#file}`;
  }

  fill(sql: string): string {
    return sql.replaceAll('{folder}', this.#folder).replaceAll('{file}', this.#file);
  }

  /** Its files, byte for byte, and its rows. */
  async state(): Promise<State> {
    const names = (await readdir(this.#folder)).toSorted();
    const files = await Promise.all(
      names.map(async name => {
        // Those beside a database in WAL mode go when the last connection does.
        const content = await readFile(join(this.#folder, name)).catch(() => undefined);
        return [name, content?.toString('base64')] as const;
      }),
    );
    const tables = ['post', 'note', 'words', 'boxes', 'bare_terms'];
    const session = await openSession({ url: this.url, entities: [] });
    const rows = await Promise.all(
      tables.map(
        async name =>
          [
            name,
            await session.em
              .fork()
              .execute(`select * from ${name}`)
              .catch(() => undefined),
          ] as const,
      ),
    );
    await session.close();
    return Object.fromEntries([...files, ...rows]);
  }

  async attack(statements: readonly string[]): Promise<void> {
    await this.#run(database => {
      for (const sql of statements)
        try {
          database.exec(sql);
        } catch {
          continue;
        }
    });
  }

  async fixture(): Promise<void> {
    const session = await openSession({ url: this.url, entities: [] });
    await session.createAll();
    await session.close();
    await this.#run(database => database.exec(FIXTURE));
    await copyFile(this.#file, this.#full);
  }

  async reset(): Promise<void> {
    for (const name of await readdir(this.#folder))
      if (name !== 'full.db') await rm(join(this.#folder, name), { force: true });
    await copyFile(this.#full, this.#file);
  }

  drop(): Promise<void> {
    return rm(this.#folder, { recursive: true });
  }

  async #run(work: (database: Native) => void): Promise<void> {
    const session = await openSession({ url: this.url, entities: [] });
    const database = (await session.em.getConnection().getNativeClient()) as Native;
    work(database);
    await session.close();
  }
}
