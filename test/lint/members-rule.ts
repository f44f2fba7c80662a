import { relative, sep } from 'node:path';
import { contract } from '../../src/mikro-orm/contract.ts';
import { migratorContract } from '../../src/mikro-orm/migrator-contract.ts';
import type { Reliance } from '../../src/mikro-orm/reliance.ts';
import type { Rule } from './rooms-rule.ts';

const room = 'src/mikro-orm';

/** The names of a part of the contract. */
function namesOf(part: (reliance: Reliance) => boolean): ReadonlySet<string> {
  return new Set(
    [...contract, ...migratorContract]
      .filter(part)
      .map(({ member }) => member.slice(member.lastIndexOf('.') + 1)),
  );
}

/** What may be used and not replaced, what reflection may not name, and what nothing may name. */
const documented = namesOf(({ isDocumented }) => isDocumented === true);
const reflected = namesOf(({ isDocumented }) => isDocumented !== true);
const forbidden = namesOf(({ isDocumented, isCommonWord }) => isDocumented !== true && isCommonWord !== true);

/** Keeps what the contract with MikroORM lists in the one room that checks it. */
export const membersRule: Rule = {
  meta: {
    type: 'problem',
    messages: {
      member: `Only ${room} names {{name}}: MikroORM does not document it. Give it an accessor there.`,
    },
  },
  create(context) {
    const path = relative(context.cwd, context.filename).split(sep).join('/');
    if (!/^(?:src|repl)\//.test(path) || path.startsWith(`${room}/`)) return {};
    const check = (node: Node | null | undefined, names: ReadonlySet<string>, isLiteral: boolean) => {
      const name = node ? nameIn(node, isLiteral) : undefined;
      if (name !== undefined && names.has(name))
        context.report({ node: node as never, messageId: 'member', data: { name } });
    };
    return {
      MemberExpression: ({ property, computed }) => check(property, forbidden, computed),
      Property: ({ key, computed, parent }) => {
        if (parent.type === 'ObjectPattern') check(key, forbidden, computed);
      },
      BinaryExpression({ operator, left }) {
        if (operator === 'in') check(left, reflected, true);
      },
      CallExpression({ callee, arguments: [, name] }) {
        if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return;
        if (!/^(?:Reflect|Object)$/.test(callee.object.name)) return;
        const replaces = /^(?:set|defineProperty|deleteProperty)$/.test(nameIn(callee.property, false) ?? '');
        check(name, reflected, true);
        if (replaces) check(name, documented, true);
      },
      AssignmentExpression({ left }) {
        if (left.type === 'MemberExpression') check(left.property, documented, left.computed);
      },
    };
  },
};

interface Node {
  readonly type: string;
}

/** The name in `.name`, `['name']` or an argument; undefined where it is none that the text tells. */
function nameIn(node: Node, isLiteral: boolean): string | undefined {
  const { type, name, value } = node as Node & { readonly name?: unknown; readonly value?: unknown };
  const text = type === 'Literal' ? value : type === 'Identifier' && !isLiteral ? name : undefined;
  return typeof text === 'string' ? text : undefined;
}
