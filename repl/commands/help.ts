import { ready } from '../answer/show-as.ts';
import type { PageAnswer, PagePart } from '../answer/answer.ts';
import { topicNames } from '../help/topic-names.ts';
import type { Command, CommandContext } from './command.ts';
import { explanation, promptTopics } from './explanation.ts';

export const help: Command = {
  name: 'help',
  form: 'either',
  group: 'Shell',
  summary: 'Explain a command, a method, an entity or a topic; help() lists them. Also: commit?',
  usage: 'help(commit)',
  type: '(topic?: any) => void',
  argument: context => [...promptTopics(context), ...topicNames()],
  example: [
    '> help(createAll)',
    'createAll()',
    '  Create the tables that do not exist yet. Also: db.createAll().',
    '',
    '  > createAll()',
    '  created post, user',
  ],
  async run([topic], context) {
    return ready(page(topic === undefined ? await overview(context) : await explanation(topic, context)));
  },
};

function page(parts: readonly PagePart[]): PageAnswer {
  return { kind: 'page', parts };
}

async function overview(context: CommandContext): Promise<readonly PagePart[]> {
  const { topics } = await import('../help/topics.ts');
  const commands = context.commands.filter(({ isUseful }) => isUseful?.(context) ?? true);
  const entities = Object.keys(context.session.entities).toSorted();
  const some = entities.at(-1) ?? 'User';
  return [
    {
      kind: 'paragraph',
      text: `Type TypeScript; no await is needed: what you type waits, in functions and callbacks, too. Where nothing can wait, such as in an accessor, that is an error. Ctrl-C stops a running statement. Entities: ${entities.join(', ')}. ${some}.query.all() is the same as query(${some}).all(); also filterBy, orderBy, limit, first, one, count.`,
    },
    ...Object.entries(Object.groupBy(commands, ({ group }) => group)).map(([heading, members]): PagePart => ({
      kind: 'list',
      heading,
      entries: members.map(({ usage, summary }) => [usage, summary]),
    })),
    {
      kind: 'list',
      heading: 'Topics',
      // The name of one is that of an object of the prompt, too.
      entries: (await topics()).map(([name, title]) => [
        `help('${name in context.scope.provided ? title.toLowerCase() : name}')`,
        title,
      ]),
    },
  ];
}
