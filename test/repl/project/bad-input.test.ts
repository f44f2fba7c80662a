import { describe, expect, it } from '@jest/globals';
import { run, type RunOptions } from '../../support/program.ts';
import { type Files, writeProject } from '../../support/written-project.ts';

const sqlite = `import { defineConfig, defineEntity, p } from '@mikro-orm/sqlite';\n`;
/** What the program says of a project that is made of these files, and nothing else. */
async function complaint(files: Files, options: RunOptions = {}): Promise<string[]> {
  const cwd = await writeProject(files);
  const { code, stdout, stderr } = await run({ args: ['-e', '1'], cwd, ...options });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).not.toMatch(/hunter2|at .*node_modules|node:internal|repl\/project/);
  return stderr.trimEnd().replaceAll(cwd, '<here>').split('\n');
}

describe('a project that does not open', () => {
  it.each<[string, Files, string[]]>([
    [
      'no configuration',
      {},
      [
        'shop has no MikroORM configuration: looked for src/mikro-orm.config.ts, mikro-orm.config.ts',
        'Pass it with --config FILE; it exports what defineConfig() returns.',
      ],
    ],
    [
      'a configuration that package.json names and that is not there',
      { 'package.json': { name: 'shop', 'mikro-orm': { configPaths: ['./orm.ts'] } } },
      [
        'shop has no MikroORM configuration: looked for ./orm.ts',
        'Pass it with --config FILE; it exports what defineConfig() returns.',
      ],
    ],
    [
      'two configurations',
      { 'mikro-orm.config.ts': 'export default {}', 'src/mikro-orm.config.ts': 'export default {}' },
      [
        'There are two configurations in <here>: src/mikro-orm.config.ts and mikro-orm.config.ts',
        'Choose one with --config src/mikro-orm.config.ts, or with configPaths under "mikro-orm" in package.json.',
      ],
    ],
    [
      'a package.json that is not JSON',
      { 'package.json': '{ "name": shop }' },
      [
        `Cannot read <here>/package.json: Unexpected token 's', "{ "name": shop }" is not valid JSON`,
        'Fix it and restart.',
      ],
    ],
    [
      'a configuration that throws',
      {
        'mikro-orm.config.ts':
          "import { need } from './need.js';\n\nexport default { dbName: need('DB_NAME') };",
        'need.ts': `export function need(name: string): string {
  throw new Error(\`\${name} is missing in postgresql://me:hunter2@localhost/shop\`);
}`,
      },
      [
        'mikro-orm.config.ts does not load: DB_NAME is missing in postgresql://me:***@localhost/shop',
        '    at need.ts:2:9',
        '    at mikro-orm.config.ts:3:26',
      ],
    ],
    [
      'variables that are in .env and not set',
      {
        'mikro-orm.config.ts': `${sqlite}const User = defineEntity({ name: 'User', properties: { id: p.integer().primary() } });
export default defineConfig({ dbName: process.env['SHOP_DB'], entities: [User] });`,
        '.env': 'SHOP_DB=shop.db\n',
      },
      [
        'No database specified, please fill in `dbName` or `clientUrl` option',
        'SHOP_DB is in .env but not set. Run: node --env-file=.env node_modules/.bin/mikroscope',
      ],
    ],
    [
      'a configuration that is not TypeScript',
      { 'mikro-orm.config.ts': 'export default {\n  dbName: 1 entities: [],\n};' },
      ["mikro-orm.config.ts does not load: mikro-orm.config.ts:2:13: ',' expected"],
    ],
    [
      'no export',
      { 'mikro-orm.config.ts': 'export const config = 1;' },
      ['mikro-orm.config.ts exports no configuration', 'Write: export default defineConfig({ … });'],
    ],
    [
      'a driver that is not installed',
      {
        'mikro-orm.config.ts':
          "import { defineConfig } from '@mikro-orm/mssql';\nexport default defineConfig({});",
      },
      [
        'The package @mikro-orm/mssql is not installed; mikro-orm.config.ts imports it',
        'Install it: npm i @mikro-orm/mssql',
      ],
    ],
    [
      'an entity file that is not there',
      {
        'mikro-orm.config.ts':
          "import { User } from './entities/user.js';\nexport default { entities: [User] };",
      },
      ['entities/user.js does not exist; mikro-orm.config.ts imports it'],
    ],
    [
      'an entity file that throws',
      {
        'mikro-orm.config.ts': `${sqlite}export default defineConfig({ dbName: 'x.db', entities: ['entities'] });`,
        'entities/user.ts': 'export {};\nnull!.user;',
      },
      [
        "mikro-orm.config.ts does not load: TypeError: Cannot read properties of null (reading 'user')",
        '    at entities/user.ts:2:7',
      ],
    ],
    [
      'entities that MikroORM refuses',
      {
        'mikro-orm.config.ts': `${sqlite}const User = defineEntity({ name: 'User', properties: { name: p.string() } });
export default defineConfig({ dbName: 'x.db', entities: [User] });`,
      },
      ['User entity is missing @PrimaryKey()', 'Fix the entity or the configuration and restart.'],
    ],
    [
      'no entities',
      { 'mikro-orm.config.ts': `${sqlite}export default defineConfig({ dbName: 'x.db', entities: [] });` },
      ['No entities found, please use `entities` option', 'Fix the entity or the configuration and restart.'],
    ],
    [
      'two of one name',
      { 'mikro-orm.config.ts': 'export default [{ dbName: "a" }, { dbName: "b" }];' },
      ["mikro-orm.config.ts has 2 configurations named 'default'", 'Give each its own contextName.'],
    ],
    [
      'MikroORM 6',
      {
        'mikro-orm.config.ts': 'export default {};',
        'node_modules/@mikro-orm/core/package.json': { name: '@mikro-orm/core', version: '6.4.3' },
      },
      [
        'shop uses MikroORM 6.4.3, but mikroscope needs MikroORM 7',
        'See https://mikro-orm.io/docs/upgrading-v6-to-v7',
      ],
    ],
    [
      'nothing installed',
      { 'mikro-orm.config.ts': 'export default {};', 'node_modules/.keep': '' },
      ['MikroORM is not installed in shop', 'Run npm install and restart.'],
    ],
    [
      'a loader that is not installed',
      {
        'package.json': { name: 'shop', type: 'module', 'mikro-orm': { tsLoader: 'tsx' } },
        'mikro-orm.config.ts': 'export default {};',
      },
      [
        "MikroORM's settings name the TypeScript loader 'tsx', which is not installed",
        'Install it: npm i -D tsx',
      ],
    ],
    [
      'a database that does not answer',
      {
        'mikro-orm.config.ts': `import { defineConfig, defineEntity, p } from '@mikro-orm/postgresql';
const User = defineEntity({ name: 'User', properties: { id: p.integer().primary() } });
export default defineConfig({ host: '127.0.0.1', port: 1, user: 'me', password: 'hunter2', dbName: 'shop', entities: [User] });`,
      },
      ['Nothing answers on 127.0.0.1:1', 'Check host and port in the URL, and that the server runs.'],
    ],
  ])('because of %s', async (_, files, lines) => {
    expect(await complaint(files)).toEqual(lines);
  });

  it('because of a context or a file that is not there', async () => {
    const files = {
      'mikro-orm.config.ts':
        'export default [{ contextName: "a", dbName: "a" }, { contextName: "b", dbName: "b" }];',
    };
    expect(await complaint(files)).toEqual([
      "mikro-orm.config.ts has no context 'default'; its contexts are a, b",
      'Choose one with --context a.',
    ]);
    expect((await complaint(files, { args: ['--context', 'c', '-e', '1'] }))[0]).toBe(
      "mikro-orm.config.ts has no context 'c'; its contexts are a, b",
    );
    expect(await complaint(files, { args: ['--config', 'orm.ts', '-e', '1'] })).toEqual([
      'The configuration orm.ts does not exist',
      'Pass the file with --config FILE.',
    ]);
  });
});

describe('what is asked for goes before what is found', () => {
  const config = (name: string) =>
    `${sqlite}const User = defineEntity({ name: 'User', properties: { id: p.integer().primary() } });
export default defineConfig({ dbName: '${name}.db', entities: [User] });`;
  const files = {
    'mikro-orm.config.ts': config('root'),
    'orm/other.ts': config('other'),
    'orm/third.ts': config('third'),
    // As editors of Windows save it.
    'package.json': `\uFEFF{ "name": "shop", "type": "module", "mikro-orm": { "configPaths": ["./orm/third.ts"] } }`,
  };

  it.each([
    ['the settings', {}, "'sqlite:third.db'"],
    ['MIKRO_ORM_CLI_CONFIG', { env: { MIKRO_ORM_CLI_CONFIG: './orm/other.ts' } }, "'sqlite:other.db'"],
    ['--config', { args: ['--config', './mikro-orm.config.ts'] }, "'sqlite:root.db'"],
  ])('%s', async (_, { args = [], ...options }: RunOptions, shown) => {
    const cwd = await writeProject(files);
    const { stdout, stderr } = await run({ args: [...args, '-e', 'session.database.url'], cwd, ...options });
    expect(stdout + stderr).toBe(`${shown}\n`);
  });

  it('takes one of two where it only passes on the other', async () => {
    const cwd = await writeProject({
      'src/mikro-orm.config.ts': config('src'),
      'mikro-orm.config.ts': "export { default } from './src/mikro-orm.config.js';",
    });
    expect((await run({ args: ['-e', 'session.database.url'], cwd })).stdout).toBe("'sqlite:src.db'\n");
  });
});
