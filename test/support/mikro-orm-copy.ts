import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openSession } from '../../src/index.ts';
import { createDatabase, type TestDatabase } from './databases.ts';

const modules = new URL('../../node_modules', import.meta.url).pathname;
const attempts = new URL('write-attempts.ts', import.meta.url).pathname;

export const dialects = ['sqlite', 'postgresql'] as const;
type Dialect = (typeof dialects)[number];

export const guards = ['readOnly', 'sandbox'] as const;
export type Guard = (typeof guards)[number];

/** What is changed in the text of MikroORM, and the databases that it matters to. */
export interface Edit {
  readonly edit: (text: string) => string;
  readonly dialects: readonly Dialect[];
}

/** How attempts to write to a database went. */
interface Attempt {
  /** Whether another connection sees what it saw before. */
  readonly isUntouched: boolean;
  /** By guard and way: `done`, or the name of the error; `open` where nothing opened. */
  readonly ways: Readonly<Record<Guard, Readonly<Record<string, string>>>>;
}

export type Attempts = Partial<Record<Dialect, Attempt>>;

type Em = Awaited<ReturnType<typeof openSession>>['em'];

const CONFIG = `
  import { EntitySchema } from '@mikro-orm/core';
  import { defineConfig as sqlite } from '@mikro-orm/sqlite';
  import { defineConfig as postgresql } from '@mikro-orm/postgresql';
  export class Tag {}
  const tag = new EntitySchema({
    class: Tag,
    properties: { id: { type: 'integer', primary: true }, name: { type: 'text' } },
  });
  export const options = (dialect, place) =>
    dialect === 'sqlite'
      ? sqlite({ entities: [tag], dbName: place })
      : postgresql({ entities: [tag], clientUrl: place, replicas: [{}] });
`;

/** A copy of MikroORM in a project of its own, in which something can be changed. */
export class MikroOrmCopy {
  readonly #folder: string;
  readonly #files = new Map<string, string>();
  readonly #databases = {} as Record<Dialect, TestDatabase>;

  static async make(): Promise<MikroOrmCopy> {
    const copy = new MikroOrmCopy(await mkdtemp(join(tmpdir(), 'mikroscope-mikro-orm-')));
    await copy.#fill();
    return copy;
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  async #fill(): Promise<void> {
    const own = join(this.#folder, 'node_modules/@mikro-orm');
    await mkdir(own, { recursive: true });
    for (const name of await readdir(modules))
      if (!name.startsWith('.') && name !== '@mikro-orm')
        await symlink(join(modules, name), join(this.#folder, 'node_modules', name));
    for (const name of ['core', 'sql', 'sqlite', 'postgresql'])
      await cp(join(modules, '@mikro-orm', name), join(own, name), { recursive: true });
    for (const file of await readdir(own, { recursive: true }))
      if (file.endsWith('.js')) this.#files.set(join(own, file), await readFile(join(own, file), 'utf8'));
    await writeFile(join(this.#folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(this.#folder, 'config.js'), CONFIG);
    for (const dialect of dialects) {
      this.#databases[dialect] = await createDatabase(dialect);
      await this.#asOwner(dialect, async em => {
        const id = dialect === 'sqlite' ? 'integer primary key' : 'serial primary key';
        await em.execute(`create table tag (id ${id}, name text)`);
        await em.execute("insert into tag (name) values ('first')");
      });
    }
  }

  /** Lets every write be tried with a change in MikroORM, and takes the change back. */
  async tryWith({ edit, dialects: concerned }: Edit): Promise<Attempts> {
    const changed = [...this.#files].filter(([, text]) => edit(text) !== text);
    if (changed.length === 0) throw new Error(`Nothing in MikroORM is changed by ${String(edit)}`);
    for (const [file, text] of changed) await writeFile(file, edit(text));
    try {
      return await this.attempt(concerned);
    } finally {
      for (const [file, text] of changed) await writeFile(file, text);
    }
  }

  /** Lets every write be tried. */
  async attempt(concerned: readonly Dialect[] = dialects): Promise<Attempts> {
    const found: Attempts = {};
    for (const dialect of concerned) found[dialect] = await this.#attempt(dialect);
    return found;
  }

  async #attempt(dialect: Dialect): Promise<Attempt> {
    const before = await this.#seen(dialect);
    const { stdout } = await promisify(execFile)(process.execPath, [
      attempts,
      this.#folder,
      dialect,
      dialect === 'sqlite'
        ? this.#databases.sqlite.url.slice('sqlite:'.length)
        : this.#databases[dialect].url,
    ]);
    return {
      isUntouched: before === (await this.#seen(dialect)),
      ways: JSON.parse(stdout) as Attempt['ways'],
    };
  }

  /** What another connection sees: every row, and the names of the tables. */
  async #seen(dialect: Dialect): Promise<string> {
    return this.#asOwner(dialect, async em => {
      const tables = await em.getPlatform().getSchemaHelper()?.getAllTables(em.getConnection());
      return JSON.stringify([await em.execute('select * from tag order by id'), tables]);
    });
  }

  async #asOwner<T>(dialect: Dialect, use: (em: Em) => Promise<T>): Promise<T> {
    const { url } = this.#databases[dialect];
    const session = await openSession({ url, entities: [] });
    try {
      // The file is not there the first time.
      if (dialect === 'sqlite') await session.createAll();
      return await use(session.em);
    } finally {
      await session.close();
    }
  }

  async remove(): Promise<void> {
    for (const dialect of dialects) await this.#databases[dialect].drop();
    await rm(this.#folder, { recursive: true });
  }
}
