import type { Command, CommandContext } from './command.ts';

/** A text that is printed as it is, not as a string. */
export class HelpText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/**
 * @param topic a command, its name, or nothing for the overview
 * @param commands what there is to explain
 * @param context what the commands of the overview would work with
 */
export function help(topic: unknown, commands: readonly Command[], context: CommandContext): HelpText {
  if (topic === undefined || topic === '') return new HelpText(overview(commands, context));
  const name = topicName(topic);
  const command = commands.find(each => each.name === name || `${each.name}()` === name);
  if (command) return new HelpText(explain(command));
  return new HelpText(`There is no help on ${name ?? 'that'}. help() lists what there is.`);
}

function overview(all: readonly Command[], context: CommandContext): string {
  const commands = all.filter(({ isUseful }) => isUseful?.(context) ?? true);
  const entities = Object.keys(context.session.entities);
  const width = Math.max(...commands.map(command => command.usage.length));
  const groups = [...new Set(commands.map(command => command.group))].map(group => {
    const rows = commands
      .filter(command => command.group === group)
      .map(command => `  ${command.usage.padEnd(width)}  ${command.summary}`);
    return [group, ...rows].join('\n');
  });
  const [first = 'User'] = entities.toSorted().toReversed();
  return [
    `Type TypeScript; no await is needed. Entities: ${entities.toSorted().join(', ')}.`,
    ...groups,
    [
      'More',
      `  ${`${first}.query.all()`.padEnd(width)}  The same as query(${first}).all(); also filterBy, orderBy, limit, first, one, count.`,
      `  ${'help(commit)'.padEnd(width)}  Explain one of these, with an example.`,
      `  ${'.sql on'.padEnd(width)}  Show the SQL that runs for each statement; .sql off ends it.`,
      `  ${'.record walk.repl.md'.padEnd(width)}  Save the session as a transcript; .record off ends it. mikroscope check replays it.`,
      `  ${'.help  .exit'.padEnd(width)}  This text; leave (also Ctrl-D). Ctrl-C stops a running statement.`,
    ].join('\n'),
  ].join('\n\n');
}

function explain({ name, usage, summary, example, group }: Command): string {
  const long = group === 'Schema' ? `db.${name}` : group === 'Session' ? `db.session.${name}` : undefined;
  return [
    usage,
    `  ${summary}${long ? ` Also: ${long}().` : ''}`,
    '',
    ...example.map(line => `  ${line}`),
  ].join('\n');
}

function topicName(topic: unknown): string | undefined {
  if (typeof topic === 'string') return topic.replace(/^(db\.)?(session\.)?/, '');
  // An entity called `name` takes the name of the list of entities.
  const name: unknown = typeof topic === 'function' ? topic.name : undefined;
  return typeof name === 'string' ? name.replace(/^bound /, '') : undefined;
}
