import { Query } from '../../src/index.ts';
import type { PagePart } from '../answer/answer.ts';
import { type Declared, type Docstring, readDocstrings } from '../help/docstrings.ts';
import { type Command, type CommandContext, namesOf } from './command.ts';

/**
 * Explains what help is asked about.
 *
 * @param topic a name, a path such as `'User.query.filterBy'`, the name of a document or a word of its headings; or a
 * command, a class, an object of the prompt or one of its methods
 */
export async function explanation(topic: unknown, context: CommandContext): Promise<readonly PagePart[]> {
  const name = topicName(topic, context);
  const command = context.commands.find(each => name !== undefined && namesOf(each).includes(name));
  if (command && !isMethodOfQuery(topic)) return explainCommand(command);
  const about = name === undefined ? undefined : (objects[name] ?? entity(name, context));
  if (name !== undefined && about !== undefined) return [{ kind: 'paragraph', heading: name, text: about }];
  const member = memberOf(topic, context);
  const docstring = member && (await readDocstrings(member.declared)).get(member.name);
  if (docstring) return explainMember(docstring);
  // Its parser is loaded when it is wanted.
  const { readTopic } = await import('../help/topics.ts');
  const found = typeof topic === 'string' ? await readTopic(topic) : undefined;
  return (
    found ?? [
      { kind: 'paragraph', text: `There is no help on ${name ?? 'that'}. help() lists all commands.` },
    ]
  );
}

/** SQLAlchemy's objects that have the commands of these groups. */
const longNames: Partial<Record<Command['group'], string>> = { Schema: 'db', Session: 'db.session' };

function explainCommand({ name, usage, summary, example, group }: Command): PagePart[] {
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

/** What a tag says of a member, in a word. */
const tagWords: Readonly<Record<string, string>> = {
  returns: 'Returns',
  throws: 'Throws',
  deprecated: 'Deprecated:',
};

function explainMember({ signature, text, tags, example }: Docstring): PagePart[] {
  const said = tags.map(([tag, says]) => (tag === 'param' ? says : `${tagWords[tag] ?? `${tag}:`} ${says}`));
  return [
    { kind: 'paragraph', heading: signature, text },
    ...said.map((each): PagePart => ({ kind: 'paragraph', text: each })),
    ...(example.length === 0 ? [] : [{ kind: 'lines', lines: example.map(asTyped) } as const]),
  ];
}

/** A line of an example of a program, as it is typed at the prompt. */
function asTyped(line: string): string {
  return `> ${line.replaceAll(/\bawait (?!using)/g, '').replaceAll(/\bsession\.query\((\w+)\)/g, '$1.query')}`;
}

/** The names of the prompt that are no commands. */
export const objects: Readonly<Record<string, string>> = {
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

/** Where the methods of the prompt's objects are explained. */
const declarations = {
  query: { className: 'Query', source: 'src/query/query.ts' },
  session: { className: 'Session', source: 'src/session/session.ts' },
  em: { className: 'EntityManager', declaredIn: ['@mikro-orm/core', 'EntityManager.d.ts'] },
  orm: { className: 'MikroORM', declaredIn: ['@mikro-orm/core', 'MikroORM.d.ts'] },
} as const satisfies Record<string, Declared>;

interface Member {
  readonly declared: Declared;
  readonly name: string;
}

/** The member that a path such as `em.find` names, or that is the function. */
function memberOf(topic: unknown, { scope, session }: CommandContext): Member | undefined {
  if (typeof topic === 'function') {
    const { name } = topic;
    if (isMethodOfQuery(topic)) return { declared: declarations.query, name };
    const owner = (['session', 'em', 'orm'] as const).find(
      each => methodAt(scope.provided[each], name) === topic,
    );
    return owner && { declared: declarations[owner], name };
  }
  if (typeof topic !== 'string') return undefined;
  const [name = '', ...owners] = topic.trim().replace(/\(\)$/, '').split('.').toReversed();
  const [owner = '', first] = owners;
  if (owner === 'query' && (first === undefined || first in session.entities))
    return { declared: declarations.query, name };
  return owner === 'session' || owner === 'em' || owner === 'orm'
    ? { declared: declarations[owner], name }
    : undefined;
}

function isMethodOfQuery(topic: unknown): boolean {
  return typeof topic === 'function' && methodAt(Query.prototype, topic.name) === topic;
}

/** The method of a name that an object has or inherits; no getter runs. */
function methodAt(object: unknown, name: string): unknown {
  for (let owner = object; owner !== null && owner !== undefined; owner = Object.getPrototypeOf(owner)) {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (found) return found.value;
  }
  return undefined;
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
