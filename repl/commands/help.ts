import { ready } from '../answer/show-as.ts';
import type { PageAnswer, PagePart } from '../answer/answer.ts';
import { type Command, type CommandContext, namesOf } from './command.ts';

export const help: Command = {
  name: 'help',
  form: 'either',
  group: 'Shell',
  summary: 'Explain a command, with an example; help() lists all commands.',
  usage: 'help(commit)',
  example: [
    '> help(createAll)',
    'createAll()',
    '  Create the tables that do not exist yet. Also: db.createAll().',
    '',
    '  > createAll()',
    '  created post, user',
  ],
  run([topic], context) {
    return ready(topic === undefined ? overview(context) : page(explanation(topic, context)));
  },
};

function page(parts: readonly PagePart[]): PageAnswer {
  return { kind: 'page', parts };
}

function overview(context: CommandContext): PageAnswer {
  const commands = context.commands.filter(({ isUseful }) => isUseful?.(context) ?? true);
  const entities = Object.keys(context.session.entities).toSorted();
  const some = entities.at(-1) ?? 'User';
  return page([
    {
      kind: 'paragraph',
      text: `Type TypeScript; no await is needed: what you type waits, in functions and callbacks, too. Where nothing can wait, such as in an accessor, that is an error. Ctrl-C stops a running statement. Entities: ${entities.join(', ')}. ${some}.query.all() is the same as query(${some}).all(); also filterBy, orderBy, limit, first, one, count.`,
    },
    ...Object.entries(Object.groupBy(commands, ({ group }) => group)).map(([heading, members]): PagePart => ({
      kind: 'list',
      heading,
      entries: members.map(({ usage, summary }) => [usage, summary]),
    })),
  ]);
}

function explanation(topic: unknown, context: CommandContext): PagePart[] {
  const name = topicName(topic, context);
  const command = context.commands.find(each => name !== undefined && namesOf(each).includes(name));
  if (command) return explain(command);
  const what = name === undefined ? undefined : (objects[name] ?? entity(name, context));
  return [
    what === undefined
      ? { kind: 'paragraph', text: `There is no help on ${name ?? 'that'}. help() lists all commands.` }
      : { kind: 'paragraph', heading: name ?? '', text: what },
  ];
}

/** SQLAlchemy's objects that have the commands of these groups. */
const longNames: Partial<Record<Command['group'], string>> = { Schema: 'db', Session: 'db.session' };

function explain({ name, usage, summary, example, group }: Command): PagePart[] {
  const long = longNames[group];
  return [
    {
      kind: 'paragraph',
      heading: usage,
      text: `${summary}${long === undefined ? '' : ` Also: ${long}.${name}().`}`,
    },
    ...(example.length === 0 ? [] : [{ kind: 'lines', lines: example } as const]),
  ];
}

/** The names of the prompt that are no commands. */
const objects: Readonly<Record<string, string>> = {
  db: 'What Flask-SQLAlchemy calls db: it has createAll(), dropAll() and session.',
  session:
    'The unit of work: add(), commit(), rollback() and the others are its methods. session.new, session.dirty and session.deleted are what is staged.',
  em: "MikroORM's EntityManager, which the session works on.",
  orm: 'MikroORM itself.',
};

function entity(name: string, { session }: CommandContext): string | undefined {
  const found = session.entitySummaries.find(each => each.name === name);
  if (found === undefined) return undefined;
  const rows =
    found.table === undefined
      ? 'An entity without a table'
      : `An entity, whose rows are in the table ${found.table}`;
  return `${rows}. ${name}.query finds them: all(), first(), filterBy({ … }).`;
}

/** The name of a topic, asked for as `commit`, `'commit'`, `'db.session.commit()'` or `'.sql'`, or by a value that has one. */
function topicName(topic: unknown, { scope }: CommandContext): string | undefined {
  if (typeof topic === 'string') {
    const name = topic.trim().replace(/^(db\.)?(session\.)?\.?|\(\)$/g, '');
    // SQLAlchemy's name, which JavaScript has for something else.
    return name === 'delete' ? 'remove' : name;
  }
  const object = Object.keys(objects).find(name => scope.provided[name] === topic);
  if (object !== undefined) return object;
  // The `name` of the command `entities` may be a class: that of an entity called `name`.
  const name: unknown = typeof topic === 'function' ? topic.name : undefined;
  return typeof name === 'string' ? name.replace(/^bound /, '') : undefined;
}
