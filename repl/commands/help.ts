import { text } from '../answer/show-as.ts';
import { type Command, type CommandContext, namesOf } from './command.ts';

export const help: Command = {
  name: 'help',
  form: 'either',
  group: 'Shell',
  summary: 'Explain a command, with an example; help() lists all commands.',
  usage: 'help(commit)',
  example: [
    '> help(rollback)',
    'rollback()',
    '  Undo everything since the last commit, in memory and in the database. Also: db.session.rollback().',
  ],
  run([topic], context) {
    if (topic === undefined) return text(overview(context));
    const name = topicName(topic);
    const command = context.commands.find(each => name !== undefined && namesOf(each).includes(name));
    return text(
      command ? explain(command) : `There is no help on ${name ?? 'that'}. help() lists all commands.`,
    );
  },
};

function overview(context: CommandContext): string {
  const commands = context.commands.filter(({ isUseful }) => isUseful?.(context) ?? true);
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  const groups = Object.entries(Object.groupBy(commands, ({ group }) => group)).map(([group, members]) =>
    [group, ...members.map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`)].join('\n'),
  );
  const entities = Object.keys(context.session.entities).toSorted();
  const some = entities.at(-1) ?? 'User';
  return [
    [
      `Type TypeScript; no await is needed. Ctrl-C stops a running statement. Entities: ${entities.join(', ')}.`,
      `${some}.query.all() is the same as query(${some}).all(); also filterBy, orderBy, limit, first, one, count.`,
    ].join('\n'),
    ...groups,
  ].join('\n\n');
}

/** SQLAlchemy's objects that have the commands of these groups. */
const longNames: Partial<Record<Command['group'], string>> = { Schema: 'db', Session: 'db.session' };

function explain({ name, usage, summary, example, group }: Command): string {
  const long = longNames[group];
  return [
    usage,
    `  ${summary}${long === undefined ? '' : ` Also: ${long}.${name}().`}`,
    ...(example.length === 0 ? [] : ['', ...example.map(line => `  ${line}`)]),
  ].join('\n');
}

/** The name of a command, asked for as `commit`, `'commit'`, `'db.session.commit()'` or `'.sql'`. */
function topicName(topic: unknown): string | undefined {
  if (typeof topic === 'string') return topic.trim().replace(/^(db\.)?(session\.)?\.?|\(\)$/g, '');
  // The `name` of the command `entities` may be a class: that of an entity called `name`.
  const name: unknown = typeof topic === 'function' ? topic.name : undefined;
  return typeof name === 'string' ? name.replace(/^bound /, '') : undefined;
}
