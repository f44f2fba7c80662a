import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import type { RuleTester } from 'oxlint/plugins-dev';
import { rooms, systemGlobals, systemModules, vmFile } from './rooms.ts';

export type Rule = Parameters<RuleTester['run']>[1];
type Visitor = ReturnType<NonNullable<Rule['create']>>;
type NodeOf<K extends keyof Visitor> = Parameters<NonNullable<Visitor[K]>>[0];
type Node =
  | NodeOf<'ImportExpression'>['source']
  | NodeOf<'MemberExpression'>['property']
  | NodeOf<'CallExpression'>['arguments'][number]
  | NodeOf<'Property'>
  | NodeOf<'ImportDeclaration'>['source'];

/** A file, by its path from the top, and the room that it is in. */
interface Place {
  readonly path: string;
  readonly room: string;
}

/** Where a module is imported. */
interface Import {
  readonly source: unknown;
  readonly isType: boolean;
}

/** Keeps every file of src/ and repl/ to what the table allows its room. */
export const roomsRule: Rule = {
  meta: {
    type: 'problem',
    messages: {
      unknown: '{{room}} is not in the table of rooms in test/lint/rooms.ts.',
      arrow: '{{room}} may not depend on {{other}}; test/lint/rooms.ts lists what it may depend on.',
      mikroOrm: 'Only src/ talks to MikroORM.',
      system: '{{room}} may not touch {{name}}; test/lint/rooms.ts lists the rooms that may.',
      computed: 'import() takes a whole string here, so that it can be seen what it loads.',
      vm: `Only ${vmFile} runs typed code.`,
    },
  },
  create(context) {
    const path = relative(context.cwd, context.filename).split(sep).join('/');
    const room = roomOf(path);
    if (room === undefined) return {};
    const place = { path, room };
    const check = (node: Node, isType: boolean) => {
      const problem = problemOf({ source: textOf(node), isType }, place);
      if (problem) context.report({ ...problem, node });
    };
    const checkComputed = (node: Node) => {
      check(node, false);
      if (textOf(node) === undefined && isBuiltText(node) && !mayTouchSystem(place))
        context.report({ node, messageId: 'computed' });
    };
    const checkGlobal = (node: Node, name: string | undefined) => {
      if (name !== undefined && systemGlobals.includes(name) && !mayTouchSystem(place))
        context.report({ node, messageId: 'system', data: { room, name } });
    };
    /** The names of the variables that hold what `createRequire()` returns. */
    const requires = new Set(['require']);
    return {
      Program(node) {
        if (!Object.hasOwn(rooms, room)) context.report({ node, messageId: 'unknown', data: { room } });
      },
      ImportDeclaration: ({ source, importKind }) => check(source, importKind === 'type'),
      ExportNamedDeclaration: ({ source, exportKind }) => source && check(source, exportKind === 'type'),
      ExportAllDeclaration: ({ source, exportKind }) => check(source, exportKind === 'type'),
      ImportExpression: ({ source }) => checkComputed(source),
      TSImportType: ({ source }) => check(source, true),
      VariableDeclarator({ id, init }) {
        if (isGlobalObject(init) && id.type === 'ObjectPattern')
          for (const property of id.properties)
            if (property.type === 'Property') checkGlobal(property, keyOf(property.key, property.computed));
        if (id.type === 'Identifier' && isCreateRequire(init)) requires.add(id.name);
      },
      MemberExpression(node) {
        if (isGlobalObject(node.object)) checkGlobal(node, keyOf(node.property, node.computed));
      },
      CallExpression({ callee, arguments: [source] }) {
        const loads = callee.type === 'Identifier' ? requires.has(callee.name) : isCreateRequire(callee);
        if (loads && source) checkComputed(source);
      },
      'Program:exit'() {
        for (const { identifier } of context.sourceCode.scopeManager.globalScope?.through ?? [])
          checkGlobal(identifier as Node, identifier.name);
      },
    };
  },
};

/**
 * The innermost room of the table that a file is in: `repl/transcript/run` for `repl/transcript/run/play.ts`, `repl/shell`
 * for `repl/shell.ts`. One that the table lacks is called by its folder; undefined outside of the program.
 */
function roomOf(path: string): string | undefined {
  const outermost = /^(?:src|repl)\/[^/.]+/.exec(path)?.[0];
  if (outermost === undefined) return undefined;
  let room = path.replace(/\.\w+$/, '');
  while (room.startsWith(outermost) && !Object.hasOwn(rooms, room)) room = dirname(room);
  return room.startsWith(outermost) ? room : outermost;
}

/** Whether a room may depend on another. One that is listed stands for the rooms in it, except among those. */
function mayUse(room: string, other: string): boolean {
  const uses = rooms[room]?.uses ?? [];
  return (
    room === other ||
    uses.some(used => used === other || (other.startsWith(`${used}/`) && !room.startsWith(`${used}/`)))
  );
}

function problemOf(
  { source, isType }: Import,
  { path, room }: Place,
): { readonly messageId: string; readonly data?: Record<string, string> } | undefined {
  if (typeof source !== 'string') return undefined;
  if (source.startsWith('.')) {
    const other = roomOf(join(dirname(path), source));
    return other === undefined || mayUse(room, other)
      ? undefined
      : { messageId: 'arrow', data: { room, other } };
  }
  if (/^(@mikro-orm\/|mikro-orm$|kysely$)/.test(source) && !room.startsWith('src/'))
    return { messageId: 'mikroOrm' };
  const name = isBuiltin(source) && !source.startsWith('node:') ? `node:${source}` : source;
  if (name === 'node:vm' && path !== vmFile) return { messageId: 'vm' };
  if (systemModules.includes(name) && !isType && !mayTouchSystem({ path, room }))
    return { messageId: 'system', data: { room, name } };
  return undefined;
}

/** The text of a string, or of a template without a value in it. */
function textOf(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}

/** Whether an expression puts a text together. */
function isBuiltText(node: Node): boolean {
  return node.type === 'TemplateLiteral' || node.type === 'BinaryExpression';
}

function isGlobalObject(node: Node | null): boolean {
  return node?.type === 'Identifier' && (node.name === 'globalThis' || node.name === 'global');
}

/** Whether an expression is `createRequire(…)`, called by its name or as a property. */
function isCreateRequire(node: Node | null): boolean {
  if (node?.type !== 'CallExpression') return false;
  const { callee } = node;
  const name =
    callee.type === 'MemberExpression' ? keyOf(callee.property, callee.computed) : keyOf(callee, false);
  return name === 'createRequire';
}

/** The name of a property, or of a variable. */
function keyOf(node: Node, isComputed: boolean): string | undefined {
  return node.type === 'Identifier' && !isComputed ? node.name : textOf(node);
}

function mayTouchSystem({ path, room }: Place): boolean {
  const { system = [] } = rooms[room] ?? {};
  return system === true || system.some(file => path === `${room}/${file}`);
}
