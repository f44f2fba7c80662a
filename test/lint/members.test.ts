import { contract } from '../../src/mikro-orm/contract.ts';
import { migratorContract } from '../../src/mikro-orm/migrator-contract.ts';
import { membersRule } from './members-rule.ts';
import { at, ruleTester } from './rule-tester.ts';

const named = (code: string, ...names: string[]) => ({
  ...at('src/query/query.ts', code),
  errors: names.map(name => ({ messageId: 'member', data: { name } })),
});

/** Two classes may have one of the same name. */
const distinctive = new Set(
  [...contract, ...migratorContract]
    .filter(({ isDocumented, isCommonWord }) => isDocumented !== true && isCommonWord !== true)
    .map(({ member }) => member.slice(member.lastIndexOf('.') + 1)),
);

ruleTester.run('house/mikro-orm-members', membersRule, {
  valid: [
    at('src/mikro-orm/connections.ts', "Reflect.get(connection, 'createKyselyDialect')"),
    at('test/src/any.test.ts', 'connection.createKyselyDialect()'),
    at('src/query/query.ts', 'session.database; config.replicas; const { database } = session;'),
    at('src/query/query.ts', 'connection.transactional(run); connection.getNativeClient()'),
    at(
      'src/query/query.ts',
      "const createKyselyDialect = 1; call({ createKyselyDialect: 'createKyselyDialect' })",
    ),
    at('src/query/query.ts', 'connection[createKyselyDialect]; createKyselyDialect in connection'),
  ],
  invalid: [
    named('connection.createKyselyDialect()', 'createKyselyDialect'),
    named("connection['createKyselyDialect']()", 'createKyselyDialect'),
    named('const { createKyselyDialect } = connection', 'createKyselyDialect'),
    named("if ('createKyselyDialect' in connection) stop()", 'createKyselyDialect'),
    named(
      "Reflect.set(driver, 'replicas', []); Reflect.deleteProperty(connection, 'database')",
      'replicas',
      'database',
    ),
    named('connection.transactional = run', 'transactional'),
    named("Reflect.set(connection, 'executeDump', run)", 'executeDump'),
    named("Object.defineProperty(connection, 'database', {})", 'database'),
    {
      ...named('', 'createKyselyDialect'),
      ...at('repl/shell.ts', 'a.createKyselyDialect'),
    },
    ...Array.from(distinctive, name => named(`thing.${name}`, name)),
  ],
});
