import type { RuleTester } from 'oxlint/plugins-dev';
import { roomsRule } from './rooms-rule.ts';
import { at, ruleTester } from './rule-tester.ts';

const invalid = (filename: string, code: string, ...errors: RuleTester.Error[]) => ({
  ...at(filename, code),
  errors,
});
const arrow = (room: string, other: string): RuleTester.Error => ({
  messageId: 'arrow',
  data: { room, other },
});
const system = (room: string, name: string): RuleTester.Error => ({
  messageId: 'system',
  data: { room, name },
});

ruleTester.run('house/rooms', roomsRule, {
  valid: [
    at(
      'repl/shell.ts',
      `import type { Session } from '../src/index.ts';
       import { describe } from './answer/describe.ts';
       const { Evaluator } = await import('./evaluate/run.ts');
       export type Scope = import('./evaluate/runtime/scope.ts').Scope;`,
    ),
    at('repl/answer/describe.ts', "import { table } from './show-as.ts'; export * from './answer.ts';"),
    at('repl/fresh-console.ts', "import type { Console } from 'node:console';"),
    at('repl/render/render.ts', "const console = new Map(); console.set('a', { process: 1 });"),
    at('repl/transcript/parse/files.ts', "import { readFile } from 'node:fs/promises'; process.cwd();"),
    at('repl/evaluate/run.ts', "import { Script } from 'node:vm';"),
    at(
      'repl/terminal/history.ts',
      "import 'os'; globalThis.process.cwd(); fetch('/'); import(`./${name}.ts`);",
    ),
    at(
      'repl/render/render.ts',
      `const { Date } = globalThis; globalThis.Date = Date; const fetch = () => 1; fetch();
       import(name); createRequire(import.meta.url)('chalk');`,
    ),
    at('src/query/query.ts', "import { Errors } from '../errors.ts'; import '@mikro-orm/core';"),
    at('test/anything.ts', "import '../repl/cli/run-task.ts'; import 'node:fs'; console.log();"),
  ],
  invalid: [
    invalid(
      'repl/answer/describe.ts',
      `import { help } from '../commands/help.ts';
       import type { Shell } from '../shell.ts';
       export { type Query } from '../../src/query/query.ts';
       export * from '../render/render.ts';
       const cli = import('../cli/check/check.ts');
       type Scope = import('../evaluate/runtime/scope.ts').Scope;`,
      arrow('repl/answer', 'repl/commands'),
      arrow('repl/answer', 'repl/shell'),
      arrow('repl/answer', 'src/query'),
      arrow('repl/answer', 'repl/render'),
      arrow('repl/answer', 'repl/cli'),
      arrow('repl/answer', 'repl/evaluate/runtime'),
    ),
    invalid(
      'src/query/query.ts',
      "import type { Session } from '../session/session.ts'; import '../../repl/shell.ts'; process.exit();",
      arrow('src/query', 'src/session'),
      arrow('src/query', 'repl/shell'),
      system('src/query', 'process'),
    ),
    invalid(
      'repl/transcript/run/play.ts',
      `import 'node:fs';
       import { readFile } from 'node:fs/promises';
       import { Script } from 'node:vm';
       import { EntityManager } from '@mikro-orm/core';
       const now = () => { console.log(process.uptime()); };`,
      system('repl/transcript/run', 'node:fs'),
      system('repl/transcript/run', 'node:fs/promises'),
      { messageId: 'vm' },
      { messageId: 'mikroOrm' },
      system('repl/transcript/run', 'console'),
      system('repl/transcript/run', 'process'),
    ),
    invalid(
      'repl/transcript/compare/align.ts',
      `import { parse } from '../parse/pattern.ts';
       import { play } from '../run/play.ts';
       import type { Transcript } from '../transcript.ts';`,
      arrow('repl/transcript/compare', 'repl/transcript/run'),
    ),
    invalid(
      'repl/transcript/outcome.ts',
      "import { parse } from './parse/pattern.ts';",
      arrow('repl/transcript', 'repl/transcript/parse'),
    ),
    invalid(
      'repl/render/render.ts',
      `import 'fs';
       import { connect } from 'node:net';
       import { homedir } from 'node:os';
       import { open } from 'inspector';
       globalThis.process.exit();
       globalThis['console'].log();
       const { process: own } = global;
       fetch('http://localhost');`,
      system('repl/render', 'node:fs'),
      system('repl/render', 'node:net'),
      system('repl/render', 'node:os'),
      system('repl/render', 'node:inspector'),
      system('repl/render', 'process'),
      system('repl/render', 'console'),
      system('repl/render', 'process'),
      system('repl/render', 'fetch'),
    ),
    invalid(
      'repl/render/render.ts',
      `const load = createRequire(import.meta.url);
       load('../shell.ts');
       createRequire(import.meta.url)('../terminal/prompt.ts');
       module.createRequire(import.meta.url)('node:fs');
       require('fs');
       import(\`../cli/start.ts\`);
       import(\`../cli/\${name}.ts\`);
       import('node:' + name);`,
      arrow('repl/render', 'repl/shell'),
      arrow('repl/render', 'repl/terminal'),
      system('repl/render', 'node:fs'),
      system('repl/render', 'node:fs'),
      arrow('repl/render', 'repl/cli'),
      { messageId: 'computed' },
      { messageId: 'computed' },
    ),
    invalid('repl/attic/box.ts', 'export const box = 1;', { messageId: 'unknown' }),
  ],
});
