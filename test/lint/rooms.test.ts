import { describe, it } from '@jest/globals';
import { RuleTester } from 'oxlint/plugins-dev';
import { roomsRule } from './rooms-rule.ts';

RuleTester.describe = describe;
RuleTester.it = it;

const cwd = '/program';
const valid = (filename: string, code: string) => ({ filename: `${cwd}/${filename}`, code });
const invalid = (filename: string, code: string, ...errors: RuleTester.Error[]) => ({
  ...valid(filename, code),
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

new RuleTester({ cwd }).run('house/rooms', roomsRule, {
  valid: [
    valid(
      'repl/shell.ts',
      `import type { Session } from '../src/index.ts';
       import { describe } from './answer/describe.ts';
       const { Evaluator } = await import('./evaluate/run.ts');
       export type Scope = import('./evaluate/runtime/scope.ts').Scope;`,
    ),
    valid('repl/answer/describe.ts', "import { table } from './show-as.ts'; export * from './answer.ts';"),
    valid('repl/fresh-console.ts', "import type { Console } from 'node:console';"),
    valid('repl/render/render.ts', "const console = new Map(); console.set('a', { process: 1 });"),
    valid('repl/transcript/parse/files.ts', "import { readFile } from 'node:fs/promises'; process.cwd();"),
    valid('repl/evaluate/run.ts', "import { Script } from 'node:vm';"),
    valid('src/query/query.ts', "import { Errors } from '../errors.ts'; import '@mikro-orm/core';"),
    valid('test/anything.ts', "import '../repl/cli/run-task.ts'; import 'node:fs'; console.log();"),
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
    invalid('repl/attic/box.ts', 'export const box = 1;', { messageId: 'unknown' }),
  ],
});
