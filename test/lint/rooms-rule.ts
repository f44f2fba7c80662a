import { dirname, join, relative, sep } from 'node:path';
import type { RuleTester } from 'oxlint/plugins-dev';
import { rooms, systemModules, vmFile } from './rooms.ts';

export type Rule = Parameters<RuleTester['run']>[1];
type Context = Parameters<NonNullable<Rule['create']>>[0];
type Node = NonNullable<Parameters<Context['report']>[0]['node']>;

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
      vm: `Only ${vmFile} runs typed code.`,
    },
  },
  create(context) {
    const path = relative(context.cwd, context.filename).split(sep).join('/');
    const room = roomOf(path);
    if (room === undefined) return {};
    const place = { path, room };
    const check = (node: Node & { readonly value: unknown }, isType: boolean) => {
      const problem = problemOf({ source: node.value, isType }, place);
      if (problem) context.report({ ...problem, node });
    };
    return {
      Program(node) {
        if (!Object.hasOwn(rooms, room)) context.report({ node, messageId: 'unknown', data: { room } });
      },
      ImportDeclaration: ({ source, importKind }) => check(source, importKind === 'type'),
      ExportNamedDeclaration: ({ source, exportKind }) => source && check(source, exportKind === 'type'),
      ExportAllDeclaration: ({ source, exportKind }) => check(source, exportKind === 'type'),
      ImportExpression: ({ source }) => source.type === 'Literal' && check(source, false),
      TSImportType: ({ source }) => check(source, true),
      'Program:exit'() {
        if (mayTouchSystem(place)) return;
        for (const { identifier } of context.sourceCode.scopeManager.globalScope?.through ?? [])
          if (identifier.name === 'process' || identifier.name === 'console')
            context.report({ node: identifier, messageId: 'system', data: { room, name: identifier.name } });
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
  if (source === 'node:vm' && path !== vmFile) return { messageId: 'vm' };
  if (systemModules.includes(source) && !isType && !mayTouchSystem({ path, room }))
    return { messageId: 'system', data: { room, name: source } };
  return undefined;
}

function mayTouchSystem({ path, room }: Place): boolean {
  const { system = [] } = rooms[room] ?? {};
  return system === true || system.some(file => path === `${room}/${file}`);
}
