import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Utils } from '@mikro-orm/core';
import { classTablesContract } from '../../../src/mikro-orm/class-tables-contract.ts';
import { contract } from '../../../src/mikro-orm/contract.ts';
import { driverContract } from '../../../src/mikro-orm/driver-contract.ts';
import {
  type Attempts,
  dialects,
  type Edit,
  type Guard,
  guards,
  MikroOrmCopy,
} from '../../support/mikro-orm-copy.ts';

const minutes = 60_000;

/** A MikroORM that is another one in a single thing. */
interface Change extends Edit {
  readonly title: string;
  /** What opening says on the first of them, and on the others if it says anything; undefined where it may open. */
  readonly says?: Readonly<Record<Guard, unknown>>;
}

/** The one time, of each connection, that a change does nothing. */
const IS_FIRST = '((this.opened = (this.opened ?? 0) + 1) < 2)';

const WITHOUT_HOOKS = '{ ...options, verify: undefined, onConnect: undefined }';
const POOL_CREATED = 'void onPoolCreated?.(pool);';

/** A connection of MikroORM's that leads past whatever is done to those that it has; a field of the instance. */
const HIDDEN = `(() => {
  const made = new this.connection.constructor(this.config);
  made.options.onCreateConnection = async () => {};
  return made;
})()`;

/** The client of another connection, for one of a connection's own methods. */
const OTHER = `(this.other ??= (() => {
  const made = new this.constructor(this.config);
  made.options.onCreateConnection = async () => {};
  return made;
})())`;

/** What is as it should be when a database opens, or but for a single way; what opening says is left open. */
const later: readonly Change[] = [
  {
    title: 'the options of a file, later',
    edit: text =>
      text.replace('new Database(dbName, options)', `new Database(dbName, ${IS_FIRST} ? options : {})`),
    dialects: ['sqlite'],
  },
  {
    title: 'the options of a pool, later',
    edit: text =>
      text
        .replace('new Pool(options)', `new Pool(${IS_FIRST} ? options : ${WITHOUT_HOOKS})`)
        .replace(POOL_CREATED, `if (this.opened < 2) ${POOL_CREATED}`),
    dialects: ['postgresql'],
  },
  {
    title: 'how Kysely is made, later',
    edit: text =>
      text.replace(
        'const dialect = this.createKyselyDialect(driverOptions);',
        `const make = ${IS_FIRST} ? this.createKyselyDialect : this.constructor.prototype.createKyselyDialect;
         const dialect = make.call({ __proto__: this, options: {}, config: this.config, handlePoolErrors() {} }, driverOptions);`,
      ),
    dialects,
  },
  ...['connect', 'close'].map(name => ({
    title: `the connection, made anew by ${name}()`,
    edit: (text: string) =>
      text.includes('class DatabaseDriver')
        ? text.replace(
            `async ${name}(`,
            `async ${name}(...args) { await this.${name}Before(...args); this.connection = ${HIDDEN}; return this.connection; }\n    async ${name}Before(`,
          )
        : text,
    dialects,
  })),
  {
    title: 'the connection that reads',
    edit: text =>
      text.replace(
        "if (type === 'write' || this.replicas.length === 0) {",
        `if (type === 'read') return (this.hidden ??= ${HIDDEN}); if (true) {`,
      ),
    dialects,
  },
  {
    title: 'the Kysely of an EntityManager',
    edit: text =>
      text.replace(
        'let kysely = ctx ?? this.getConnection(options.type).getClient();',
        `const connection = this.getConnection(options.type);
         const other = (connection.other ??= new connection.constructor(connection.config));
         other.options.onCreateConnection = async () => {};
         let kysely = ctx ?? other.getClient();`,
      ),
    dialects,
  },
  {
    title: 'execute() for all rows',
    edit: text =>
      text.replace(
        'const res = await (ctx ?? this.#client).executeQuery(compiled, abort);',
        `const res = await (ctx ?? (method === 'all' ? ${OTHER}.getClient() : this.#client)).executeQuery(compiled, abort);`,
      ),
    dialects,
  },
  {
    title: 'executeDump()',
    edit: text =>
      text.replace('this.database.exec(dump)', "new Database(this.config.get('dbName')).exec(dump)"),
    dialects: ['sqlite'],
  },
  {
    title: 'getNativeClient()',
    edit: text =>
      text.replace(
        'return this.requireNativeClient(this.database);',
        "return new Database(this.config.get('dbName'));",
      ),
    dialects: ['sqlite'],
  },
  {
    title: 'stream()',
    edit: text =>
      text.replace('const res = (ctx ?? this.getClient())', `const res = (ctx ?? ${OTHER}.getClient())`),
    dialects,
  },
];

const changes: readonly Change[] = [
  // The demo has no classes with tables of their own beside that of their base class.
  ...contract
    .filter(reliance => !classTablesContract.includes(reliance))
    .map(reliance => {
      const { member } = reliance;
      const owner = member.slice(0, member.indexOf('.'));
      const name = member.slice(member.lastIndexOf('.') + 1);
      const isKeyword = ['create', 'delete'].includes(name);
      // Several classes may have a method of the name: all of them are without it then.
      const missing = isKeyword ? member : contract.find(each => each.member.endsWith(`.${name}`))?.member;
      const sentence = `UnsupportedVersion: mikroscope 0.1 knows MikroORM 7.0 to 7.2; this is ${Utils.getORMVersion()}: ${missing} is missing`;
      // Without it nothing can be tried out, and what comes first is named.
      const says =
        name === 'create' ? expect.stringMatching(/^UnsupportedVersion: .* is missing$/) : sentence;
      return {
        ...(isKeyword ? renamingIn(owner, name) : renaming(name)),
        title: member,
        dialects: driverContract.includes(reliance) ? dialects : (['sqlite'] as const),
        says: { readOnly: says, sandbox: says },
      };
    }),
  // MikroORM documents these, and a guard works through them.
  ...['onCreateConnection', 'driverOptions', 'createKysely', 'ensureConnection'].map(renaming),
  {
    title: 'the options of a file',
    edit: text => text.replace('new Database(dbName, options)', 'new Database(this.config.get("dbName"))'),
    dialects: ['sqlite'],
    says: {
      readOnly: expect.stringMatching(
        /^Unguarded: sqlite:.* cannot be opened read-only: a write was not refused$/,
      ),
      sandbox: expect.stringMatching(/^Unguarded: sqlite:.* what is written in it would last$/),
    },
  },
  {
    title: 'the replicas',
    edit: text => text.replace('createReplicas(cb) {', 'createReplicas(cb) { return undefined;'),
    dialects,
    says: {
      readOnly: expect.stringMatching(/^UnsupportedVersion: .*: Cannot read properties of undefined/),
      sandbox: expect.stringMatching(/^UnsupportedVersion: .*: Cannot read properties of undefined/),
    },
  },
  {
    title: 'the options of a pool',
    edit: text => text.replace('new Pool(options)', `new Pool(${WITHOUT_HOOKS})`).replace(POOL_CREATED, ''),
    dialects: ['postgresql'],
    says: {
      readOnly: expect.stringMatching(/^Unguarded: postgresql:.* read-only: a write was not refused$/),
      sandbox: expect.stringMatching(/^Unguarded: postgresql:.* what is written in it would last$/),
    },
  },
  ...later,
];

/** A member that has another name everywhere. */
function renaming(name: string): Change {
  // Node's AsyncLocalStorage has a getStore() as well.
  const member = new RegExp(`(?<![\\w$#]|storage\\.)${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g');
  return { title: name, edit: text => text.replaceAll(member, `${name}Renamed`), dialects };
}

/** A method that has another name where its class is. */
function renamingIn(owner: string, name: string): Change {
  const method = new RegExp(`^(\\s+)${name}\\(`, 'm');
  const edit = (text: string) =>
    text.includes(`class ${owner} `) ? text.replace(method, `$1${name}Renamed(`) : text;
  return { title: name, edit, dialects };
}

describe('a MikroORM in which one thing is changed', () => {
  const found = new Map<string, Attempts>();
  const copies: MikroOrmCopy[] = [];
  let asItIs: Attempts = {};

  beforeAll(async () => {
    const waiting = [...changes];
    const lane = async () => {
      const copy = await MikroOrmCopy.make();
      copies.push(copy);
      if (copies.length === 1) asItIs = await copy.attempt();
      for (let change = waiting.shift(); change; change = waiting.shift())
        found.set(change.title, await copy.tryWith(change));
    };
    await Promise.all([lane(), lane()]);
  }, 10 * minutes);

  afterAll(async () => {
    for (const copy of copies) await copy.remove();
  });

  it.each(dialects)('is tried in ways that write on %s, were they not kept from it', dialect => {
    const ways = asItIs[dialect]?.ways;
    expect(new Set(Object.values(ways?.readOnly ?? {}))).toEqual(new Set(['ReadOnly']));
    expect(Object.values(ways?.sandbox ?? {}).filter(how => how === 'done').length).toBeGreaterThan(15);
  });

  it.each(changes)('lets nothing be written: $title', ({ title, dialects: concerned, says }) => {
    for (const dialect of concerned) {
      const { isUntouched, ways } = found.get(title)?.[dialect] ?? {};
      const said = guards.map(guard => ways?.[guard]['open']);
      const mayOpen = says === undefined || (dialect !== concerned[0] && said.join('') === '');
      expect({ dialect, isUntouched, said }).toEqual({
        dialect,
        isUntouched: true,
        said: mayOpen ? said : guards.map(guard => says[guard]),
      });
    }
  });
});
