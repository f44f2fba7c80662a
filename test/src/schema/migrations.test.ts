import { defineEntity, type EntityManager, p } from '@mikro-orm/core';
import { Migration, Migrator } from '@mikro-orm/migrations';
import { SeedManager, Seeder } from '@mikro-orm/seeder';
import { describe, expect, it } from '@jest/globals';
import { openSession } from '../../../src/index.ts';
import { createDatabase, dialects } from '../../support/databases.ts';

const TagSchema = defineEntity({
  name: 'Tag',
  properties: { id: p.integer().primary(), name: p.string().unique() },
});
class Tag extends TagSchema.class {}
TagSchema.setClass(Tag);

class First extends Migration {
  override up(): void {
    this.addSql('create table tag (id int primary key, name varchar(20) unique)');
    this.addSql("insert into tag values (1, 'red')");
  }
}

class Second extends Migration {
  override up(): void {
    this.addSql("update tag set name = 'blue'");
  }
}

class Third extends Migration {
  override up(): void {
    this.addSql("insert into tag values (3, 'three')");
    this.addSql('create table tag (id int)');
  }
}

class TagSeeder extends Seeder {
  async run(em: EntityManager): Promise<void> {
    em.create(Tag, { id: 2, name: 'green' });
  }
}

class TwiceSeeder extends Seeder {
  async run(em: EntityManager): Promise<void> {
    em.create(Tag, { id: 9, name: 'nine' });
    em.create(Tag, { id: 10, name: 'nine' });
  }
}

const sets: Record<string, (typeof First)[]> = {
  one: [First],
  two: [First, Second],
  three: [First, Second, Third],
};

async function inProject(
  url: string,
  migrations: (typeof First)[],
  test: (session: Awaited<ReturnType<typeof openSession>>, sql: string[]) => Promise<void>,
  options = {},
): Promise<void> {
  const session = await openSession({
    url,
    config: {
      entities: [Tag],
      extensions: [Migrator, SeedManager],
      migrations: {
        migrationsList: migrations.map(each => ({ name: each.name, class: each })),
        snapshot: false,
      },
      seeder: { seedersList: [TagSeeder, TwiceSeeder], defaultSeeder: 'TagSeeder' },
    },
    ...options,
  });
  try {
    const sql: string[] = [];
    session.sql.subscribe(({ text }) => sql.push(text));
    await test(session, sql);
  } finally {
    await session.close();
  }
}

it('refuses a Migrator that it does not know, and changes nothing', async () => {
  class Otherwise extends Migrator {
    static override register(orm: Parameters<typeof Migrator.register>[0]): void {
      orm.config.registerExtension('@mikro-orm/migrator', () => new Otherwise(orm.em as never));
    }
    override getStorage(): ReturnType<Migrator['getStorage']> {
      return Object.create(super.getStorage()) as ReturnType<Migrator['getStorage']>;
    }
  }
  Object.defineProperty(Otherwise, 'name', { value: 'Migrator' });
  const database = await createDatabase('sqlite');
  const migrations = { migrationsList: [{ name: 'First', class: First }], snapshot: false };
  const session = await openSession({
    url: database.url,
    config: { entities: [Tag], extensions: [Otherwise], migrations },
  });
  const message = expect.stringMatching(/knows MikroORM .*: Migrator\.getStorage behaves differently$/);
  await expect(session.migrations()).rejects.toMatchObject({ name: 'UnsupportedVersion', message });
  await expect(session.migrate()).rejects.toMatchObject({ name: 'UnsupportedVersion', message });
  await expect(session.em.execute('select 1')).rejects.toMatchObject({ name: 'MissingDatabase' });
  await session.close();
  await database.drop();
});

describe.each(dialects)('migrations and seeders on %s', dialect => {
  it('runs what is pending, lists it, and reads again what was loaded', async () => {
    const database = await createDatabase(dialect);
    await inProject(database.url, sets['one'] ?? [], async session => {
      expect(session.extensions).toEqual({ migrations: true, seeders: true });
      expect(await session.migrations()).toEqual([{ name: 'First', executedAt: undefined }]);
      expect(await session.migrate()).toEqual(['First']);
      expect(await session.migrate()).toEqual([]);
    });
    await inProject(database.url, sets['two'] ?? [], async session => {
      const tag = await session.query(Tag).one();
      expect(tag.name).toBe('red');
      expect(await session.migrations()).toEqual([
        { name: 'First', executedAt: expect.any(Date) },
        { name: 'Second', executedAt: undefined },
      ]);
      expect(await session.migrate()).toEqual(['Second']);
      expect(await session.read(tag, 'name')).toBe('blue');
    });
    await database.drop();
  });

  it('writes nothing for a list', async () => {
    const database = await createDatabase(dialect);
    await inProject(database.url, sets['one'] ?? [], async (session, sql) => {
      await session.migrations();
      expect(sql.filter(text => !text.startsWith('select'))).toEqual([]);
    });
    await database.drop();
  });

  it('says which migration failed, and all of them are undone', async () => {
    const database = await createDatabase(dialect);
    await inProject(database.url, sets['three'] ?? [], async session => {
      await expect(session.migrate()).rejects.toMatchObject({
        name: 'DatabaseError',
        message: expect.stringMatching(/^Third failed: .*already exists$/),
        hint: 'Fix it and run migrate() again.',
      });
      expect((await session.migrations()).map(({ executedAt }) => executedAt)).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      await expect(session.query(Tag).all()).rejects.toMatchObject({ name: 'MissingTable' });
    });
    await database.drop();
  });

  it('asks for commit() or rollback() first, and loses nothing', async () => {
    const database = await createDatabase(dialect);
    await inProject(database.url, sets['two'] ?? [], async session => {
      await session.migrate();
      session.add(session.em.create(Tag, { id: 5, name: 'five' }));
      for (const write of [() => Promise.resolve(), () => session.flush()]) {
        await write();
        for (const method of ['migrate', 'migrations', 'seed'] as const) {
          await expect(session[method]()).rejects.toMatchObject({
            name: 'InvalidState',
            message: `${method}() works in a transaction of its own, and 1 new (Tag) is not committed`,
            hint: 'commit() or rollback() first. Nothing was done.',
          });
        }
      }
      expect(String(await session.commit())).toBe('committed 1 new (Tag)');
    });
    await database.drop();
  });

  it('seeds by name, by class and by default, and a failed seeder leaves nothing for the next', async () => {
    const database = await createDatabase(dialect);
    await inProject(database.url, sets['one'] ?? [], async session => {
      await session.migrate();
      expect(await session.seed()).toBe('TagSeeder');
      await expect(session.seed(TwiceSeeder)).rejects.toThrow(/taken already/);
      await session.em.nativeDelete(Tag, { id: 2 });
      expect(await session.seed('TagSeeder')).toBe('TagSeeder');
      expect(await session.query(Tag).count()).toBe(2);
      await expect(session.seed('Nobody')).rejects.toMatchObject({
        name: 'NotFound',
        message: 'There is no seeder Nobody in seedersList',
      });
      await expect(session.seed(7)).rejects.toMatchObject({ name: 'BadArgument' });
    });
    await database.drop();
  });

  it('refuses to write in a read-only session', async () => {
    const database = await createDatabase(dialect);
    await inProject(database.url, sets['one'] ?? [], async session => void (await session.migrate()));
    await inProject(
      database.url,
      sets['two'] ?? [],
      async session => {
        await expect(session.migrate()).rejects.toMatchObject({ name: 'ReadOnly' });
        await expect(session.seed()).rejects.toMatchObject({ name: 'ReadOnly' });
        expect((await session.migrations()).map(({ name }) => name)).toEqual(['First', 'Second']);
      },
      { readOnly: true },
    );
    await database.drop();
  });
});

it('says what is missing where the configuration has neither', async () => {
  const session = await openSession({ url: 'sqlite::memory:' });
  expect(session.extensions).toEqual({ migrations: false, seeders: false });
  await expect(session.migrate()).rejects.toMatchObject({
    hint: 'npm i @mikro-orm/migrations, then extensions: [Migrator] in the configuration.',
  });
  await expect(session.migrations()).rejects.toMatchObject({ name: 'InvalidState' });
  await expect(session.seed()).rejects.toMatchObject({
    hint: 'npm i @mikro-orm/seeder, then extensions: [SeedManager] in the configuration.',
  });
  await session.close();
});
