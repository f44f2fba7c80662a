import { describe, expect, it } from '@jest/globals';
import { migrate } from '../../../repl/commands/migrate.ts';
import { migrations } from '../../../repl/commands/migrations.ts';
import { seed } from '../../../repl/commands/seed.ts';
import { run } from '../../support/program.ts';
import { type Files, writeProject } from '../../support/written-project.ts';

const config = `import { defineConfig, defineEntity, p } from '@mikro-orm/sqlite';
import { Migrator } from '@mikro-orm/migrations';
import { SeedManager } from '@mikro-orm/seeder';
export const Tag = defineEntity({ name: 'Tag', properties: { id: p.integer().primary(), name: p.string() } });
export default defineConfig({ dbName: 'shop.db', entities: [Tag], extensions: [Migrator, SeedManager] });`;

const migration = (name: string, ...work: string[]) => `import { Migration } from '@mikro-orm/migrations';
export class ${name} extends Migration {
  override async up(): Promise<void> {
    ${work.join('\n    ')}
  }
}`;

const shop = {
  'src/mikro-orm.config.ts': config,
  'src/migrations/Migration20260101000000.ts': migration(
    'Migration20260101000000',
    "this.addSql('create table tag (id integer primary key, name text)');",
  ),
  'src/seeders/DatabaseSeeder.ts': `import type { EntityManager } from '@mikro-orm/core';
import { Seeder } from '@mikro-orm/seeder';
import { Tag } from '../mikro-orm.config.js';
export class DatabaseSeeder extends Seeder {
  async run(em: EntityManager): Promise<void> {
    em.create(Tag, { name: 'red' });
  }
}`,
};

async function answers(files: Files, lines: readonly string[]): Promise<string[]> {
  const cwd = await writeProject(files);
  const { stdout, stderr } = await run({ cwd, input: lines.join('\n') });
  return `${stdout}${stderr}`.trimEnd().replaceAll(cwd, '<here>').split('\n');
}

describe("a project's own migrations and seeders", () => {
  it('run from its TypeScript', async () => {
    expect(
      await answers(shop, [
        'migrations()',
        'migrate()',
        'migrate()',
        'migrations()',
        'seed()',
        'tag = Tag.query.one(); tag.name = "blue"; commit()',
        "seed('DatabaseSeeder')",
        'Tag.query.all().map(each => each.name)',
        "seed('Nobody')",
      ]),
    ).toEqual([
      'Migration20260101000000  pending',
      'migrated Migration20260101000000',
      'nothing to migrate',
      expect.stringMatching(/^Migration20260101000000 {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      'seeded DatabaseSeeder',
      'committed 1 changed (Tag)',
      'seeded DatabaseSeeder',
      "[ 'blue', 'red' ]",
      'Uncaught NotFound: There is no seeder Nobody in ./src/seeders',
      'npx mikro-orm seeder:create makes one.',
      '    at stdin:9',
    ]);
  });

  it.each<[string, string[], string[]]>([
    [
      'SQL that the database refuses',
      ["this.addSql('create table tag (id integer)');"],
      [
        'Uncaught DatabaseError: Migration20260102000000 failed: table tag already exists',
        'Fix it and run migrate() again.',
        '    at stdin:1',
      ],
    ],
    [
      'an error of its own',
      ["throw new TypeError('no way');"],
      [
        'Uncaught TypeError: no way',
        '    at Migration20260102000000.up (file://<here>/src/migrations/Migration20260102000000.ts:4:11)',
        '    at stdin:1',
      ],
    ],
  ])('say what was wrong, with %s', async (_, work, complaint) => {
    const files = {
      ...shop,
      'src/migrations/Migration20260102000000.ts': migration('Migration20260102000000', ...work),
    };
    expect(await answers(files, ['migrate()'])).toEqual(complaint);
  });

  it('answer as the examples of their commands say', async () => {
    const one = 'Migration20260105120000';
    const other = 'Migration20260106090000';
    const files = {
      'src/mikro-orm.config.ts': config,
      [`src/migrations/${one}.ts`]: migration(
        one,
        "this.addSql('create table tag (id integer, name text)');",
      ),
      'src/seeders/UserSeeder.ts': shop['src/seeders/DatabaseSeeder.ts'].replace(
        'DatabaseSeeder',
        'UserSeeder',
      ),
    };
    const add = `import('node:fs').writeFileSync('src/migrations/${other}.ts', ${JSON.stringify(migration(other))})`;
    const played = await answers(files, ['migrate()', add, 'migrations()', "seed('UserSeeder')"]);
    const shown = [migrate, migrations, seed].flatMap(({ example }) => example.slice(1));
    const withoutTime = (line: string) => line.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, '<time>');
    expect(played.map(withoutTime)).toEqual(shown.map(withoutTime));
  });

  it('are what a missing table may be waiting for', async () => {
    const files = { ...shop, 'src/mikro-orm.config.ts': config.replace('shop.db', ':memory:') };
    expect(await answers(files, ['Tag.query.all()'])).toEqual([
      "Uncaught MissingTable: There is no table 'tag' in this database",
      'createAll() or migrate() creates it.',
      '    at stdin:1',
    ]);
  });

  it('say that there are none, and are listed by help() only where there are', async () => {
    const { 'src/mikro-orm.config.ts': plain, 'src/seeders/DatabaseSeeder.ts': seeder } = shop;
    expect(
      await answers({ 'src/mikro-orm.config.ts': plain, 'src/seeders/DatabaseSeeder.ts': seeder }, [
        'migrate()',
      ]),
    ).toEqual([
      'Uncaught InvalidState: There are no migrations yet: there is no directory <here>/src/migrations',
      'npx mikro-orm migration:create makes the first.',
      '    at stdin:1',
    ]);
    const listed = async (files: Files) =>
      (await answers(files, ['help()'])).filter(line => /^ {2}(migrat|seed)/.test(line)).length;
    expect(await listed(shop)).toBe(3);
    expect(await listed({ 'package.json': {} })).toBe(0);
  });
});
