import { dialects } from '../../src/dialects/index.ts';
import { dialectsRule } from './dialects-rule.ts';
import { at, ruleTester } from './rule-tester.ts';

const named = (code: string, ...names: string[]) => ({
  ...at('src/query/query.ts', code),
  errors: names.map(name => ({ messageId: 'named', data: { name } })),
});

ruleTester.run('house/dialect-names', dialectsRule, {
  valid: [
    at('src/dialects/sqlite.ts', "if (name === 'sqlite') return { sqlite };"),
    at('src/sql/tokens.ts', "if (family === 'mysql') stop();"),
    at('repl/cli/check/check.ts', "const defaults = ['sqlite'];"),
    at('test/src/any.test.ts', "if (dialect === 'sqlite') skip();"),
    at(
      'src/query/query.ts',
      "import '@mikro-orm/sqlite'; const url = 'sqlite:site.db'; sqlite.open(/SQLITE_BUSY/);",
    ),
  ],
  invalid: [
    ...dialects.map(({ name }) => named(`if (dialect === '${name}') stop();`, name)),
    named('const commits = { mysql: true };', 'mysql'),
    named('/^(?:sqlite|libsql)$/.test(dialect);', 'sqlite'),
    { ...named('', 'pglite'), ...at('repl/reload/reload.ts', "dialect === 'pglite'") },
  ],
});
