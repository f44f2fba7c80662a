import { describe, expect, it } from '@jest/globals';
import { run } from '../../support/program.ts';
import { type Files, writeProject } from '../../support/written-project.ts';

/** A configuration whose database has the name that the expression makes. */
function named(expression: string, ...imports: string[]): string {
  return `import { defineConfig, defineEntity, p } from '@mikro-orm/sqlite';
${imports.join('\n')}
const Thing = defineEntity({ name: 'Thing', properties: { id: p.integer().primary() } });
export default defineConfig({ dbName: String(${expression}), entities: [Thing] });`;
}

const esModule = { name: 'shop', type: 'module' };
const commonJs = { name: 'shop' };
const legacy = { compilerOptions: { experimentalDecorators: true, emitDecoratorMetadata: true } };

/** What metadata says of the properties, for decorators without a library. */
const decorators = `export const types: Record<string, string> = {};
(Reflect as unknown as Record<string, unknown>)['metadata'] = (key: string, type: { name: string }) =>
  (_target: object, name: string) => void (key === 'design:type' && (types[name] = type.name));
export function Typed() { return (_target: object, _name: string): void => {}; }`;

describe('TypeScript of a project means what its settings say', () => {
  it.each<[string, Files, string]>([
    [
      '.js that is .ts, and a folder that is its index',
      {
        'mikro-orm.config.ts': named(
          'a + b + c',
          "import { a } from './a.js';",
          "import { b } from './b';",
          "import { c } from './c';",
        ),
        'a.ts': "export const a: string = 'a';",
        'b/index.ts': "export const b = 'b';",
        'c.ts': "export const c = 'c';",
      },
      'abc',
    ],
    [
      'path aliases, also of a file that is extended and has comments',
      {
        'mikro-orm.config.ts': named(
          'a + b + c',
          "import { a } from '@lib/a';",
          "import { b } from 'lib/b';",
          "import { c } from '~';",
        ),
        'tsconfig.json': '{ // the base says more\n "extends": "./base", }',
        'base.json':
          '{ "compilerOptions": { "baseUrl": ".", "paths": { "@lib/*": ["lib/*"], /* one */ "~": ["./lib/c.ts"], }, }, }',
        'lib/a.ts': "export const a = 'a';",
        'lib/b.ts': "export const b = 'b';",
        'lib/c.ts': "export const c = 'c';",
      },
      'abc',
    ],
    [
      'path aliases from the folder of the file that extends others',
      {
        'mikro-orm.config.ts': named('a', "import { a } from '@lib/a';"),
        'tsconfig.json': { extends: ['./config/nothing.json', './config/base.json'] },
        'config/nothing.json': {},
        'config/base.json': { compilerOptions: { paths: { '@lib/*': ['${configDir}/lib/*'] } } },
        'lib/a.ts': "export const a = 'a';",
      },
      'a',
    ],
    [
      'enums and parameter properties',
      {
        'mikro-orm.config.ts': named('new Point(Way.Up).way', "import { Point, Way } from './point.ts';"),
        'point.ts': "export enum Way { Up = 'up' }\nexport class Point { constructor(readonly way: Way) {} }",
      },
      'up',
    ],
    [
      'imports of what is only a type',
      {
        'mikro-orm.config.ts': named(
          'text',
          "import { Text, text } from './text.ts';",
          "import { Nothing } from './text.ts';",
          'const typed: Text & Nothing = text;',
        ),
        'text.ts': "export type Text = string;\nexport interface Nothing {}\nexport const text = 'text';",
      },
      'text',
    ],
    [
      'fields without a value, which older settings make nothing',
      {
        'mikro-orm.config.ts': named(
          "Object.keys(new Fields()).join('') || 'none'",
          'class Fields { a!: string; }',
        ),
        'tsconfig.json': { compilerOptions: { target: 'es2021' } },
      },
      'none',
    ],
    [
      'fields without a value',
      { 'mikro-orm.config.ts': named("Object.keys(new Fields()).join('')", 'class Fields { a!: string; }') },
      'a',
    ],
    [
      'ES decorators',
      {
        'mikro-orm.config.ts': named('new Loud().word', "import { Loud } from './loud.ts';"),
        'loud.ts': `const up = (_: undefined, context: ClassFieldDecoratorContext) => (value: string) => value.toUpperCase() + String(context.name);
export class Loud { @up word = 'a'; }`,
      },
      'Aword',
    ],
    [
      'legacy decorators whose metadata names an interface, and a class in a circle of imports',
      {
        'mikro-orm.config.ts': named(
          "Object.values(types).join('-')",
          "import { types } from './typed.js';",
          "import { Book } from './book.js';",
          'new Book();',
        ),
        'tsconfig.json': legacy,
        'typed.ts': decorators,
        'book.ts': `import { Typed } from './typed.js';
import { Author, Money } from './author.js';
export class Book { @Typed() title!: string; @Typed() author!: Author; @Typed() price!: Money; @Typed() at!: Date; }`,
        'author.ts': `import { Typed } from './typed.js';
import { Book } from './book.js';
export interface Money { amount: number }
export class Author { @Typed() favourite!: Book; }
export const book = () => Book;`,
      },
      'Object-String-Author-Object-Date',
    ],
    [
      'CommonJS, as a package without a type has it',
      {
        'package.json': commonJs,
        'tsconfig.json': { compilerOptions: { ...legacy.compilerOptions, module: 'nodenext' } },
        'mikro-orm.config.ts': named(
          "basename(__dirname + '/x') + Object.values(types).join('-')",
          "import { basename } from 'node:path';",
          "import { types } from './typed';",
          "import { Book } from './book';",
          'new Book();',
        ),
        'typed.ts': decorators,
        'book.ts': `import { Typed } from './typed';
import { Author } from './author';
export class Book { @Typed() author!: Author; }`,
        'author.ts': `import { Typed } from './typed';
import { Book } from './book';
export class Author { @Typed() favourite!: Book; }
export const book = () => Book;`,
      },
      'xObject-Author',
    ],
    [
      'a module in a package without a type, by its ending',
      { 'package.json': commonJs, 'mikro-orm.config.mts': named('import.meta.filename.slice(-4)') },
      '.mts',
    ],
    [
      'CommonJS in a package of modules, by its ending',
      { 'package.json': esModule, 'mikro-orm.config.cts': named('__filename.slice(-4)') },
      '.cts',
    ],
    [
      'a module that waits',
      {
        'package.json': commonJs,
        'tsconfig.json': { compilerOptions: { module: 'commonjs' } },
        'mikro-orm.config.ts': named("await Promise.resolve('late')")
          .replace('export default', 'const config = await')
          .concat(';\nexport default config;'),
      },
      'late',
    ],
    [
      'settings of a file that MikroORM is told of',
      {
        'package.json': { ...esModule, 'mikro-orm': { tsConfigPath: './orm.json' } },
        'orm.json': { compilerOptions: { paths: { '@a': ['./a.ts'] } } },
        'mikro-orm.config.ts': named('a', "import { a } from '@a';"),
        'a.ts': "export const a = 'a';",
      },
      'a',
    ],
  ])('%s', async (_, files, name) => {
    const cwd = await writeProject(files);
    const { stdout, stderr } = await run({ args: ['-e', "orm.config.get('dbName')"], cwd });
    expect(stdout + stderr).toBe(`'${name}'\n`);
  });
});
