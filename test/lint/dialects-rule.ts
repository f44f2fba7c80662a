import { relative, sep } from 'node:path';
import { dialects } from '../../src/dialects/index.ts';
import type { Rule } from './rooms-rule.ts';

/** Where a database may be named: its own room, the families of SQL, and where a person types or reads a name. */
const rooms = ['src/dialects/', 'src/sql/', 'repl/cli/check/', 'repl/cli/recording-of.ts'];

const names = new Set(dialects.map(({ name }) => name));

/** Whether a regular expression looks for one of the names. */
const pattern = new RegExp(`\\b(?:${[...names].join('|')})\\b`);

/** Keeps tests for a kind of database behind the interface of a dialect. */
export const dialectsRule: Rule = {
  meta: {
    type: 'problem',
    messages: { named: 'Only src/dialects names {{name}}: ask the dialect, and give it a member for this.' },
  },
  create(context) {
    const path = relative(context.cwd, context.filename).split(sep).join('/');
    if (!/^(?:src|repl)\//.test(path) || rooms.some(room => path.startsWith(room))) return {};
    const report = (node: unknown, name: string) =>
      context.report({ node: node as never, messageId: 'named', data: { name } });
    return {
      Literal(node) {
        const { value } = node;
        if (typeof value === 'string' && names.has(value)) report(node, value);
        const found = value instanceof RegExp ? pattern.exec(value.source)?.[0] : undefined;
        if (found !== undefined) report(node, found);
      },
      Property({ key, computed }) {
        if (!computed && key.type === 'Identifier' && names.has(key.name)) report(key, key.name);
      },
    };
  },
};
