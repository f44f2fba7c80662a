import type { PagePart } from '../answer/answer.ts';
import { type Command, type CommandContext, namesOf } from './command.ts';
import { explainEntity, explainProperty } from './explain-entity.ts';
import { explainClass, explainMember, methodOf } from './explain-member.ts';

/**
 * Explains what help is asked about.
 *
 * @param topic a name or a path such as `'User.query.filterBy'` and `'user.posts'`, the name of a document or a word of its
 * headings; or a command, a class, an object of the prompt or one of its methods
 */
export async function explanation(topic: unknown, context: CommandContext): Promise<readonly PagePart[]> {
  const name = topicName(topic, context);
  const method = methodOf(topic, context);
  const command = context.commands.find(each => name !== undefined && namesOf(each).includes(name));
  // What the session does is a command, too; a query and MikroORM have methods of these names that are others.
  if (command && (method === undefined || method.owners.includes('Session'))) return explainCommand(command);
  const described = context.session.describe(name === undefined ? topic : classOf(name, context));
  const about = name === undefined ? undefined : objects[name];
  if (name !== undefined && about !== undefined) return [{ kind: 'paragraph', heading: name, text: about }];
  if (described) return explainEntity(described);
  const path = typeof topic === 'string' ? await explainPath(topic, context) : undefined;
  return (
    (await explainMember(method)) ??
    path ?? [{ kind: 'paragraph', text: `There is no help on ${name ?? 'that'}. help() lists all commands.` }]
  );
}

/** What can be asked for by name: commands, what the prompt provides, and entities. */
export function promptTopics({
  commands,
  session,
}: Pick<CommandContext, 'commands' | 'session'>): readonly string[] {
  return [...commands.flatMap(namesOf), ...Object.keys(objects), ...Object.keys(session.entities)];
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

/** The names of the prompt that are no commands. */
const objects: Readonly<Record<string, string>> = {
  db: 'What Flask-SQLAlchemy calls db: it has createAll(), dropAll() and session.',
  session:
    'The unit of work: add(), commit(), rollback() and the others are its methods. session.new, session.dirty and session.deleted are what is staged.',
  em: "MikroORM's EntityManager, which the session works on. em.find? explains one of its methods.",
  orm: 'MikroORM itself.',
};

function classOf(name: string, { session: { entities, embeddables } }: CommandContext): unknown {
  return Object.hasOwn(entities, name) ? entities[name] : embeddables[name];
}

/** A member, a property or a value, found by the types of what stands before; otherwise what the documents say. */
async function explainPath(topic: string, context: CommandContext): Promise<readonly PagePart[] | undefined> {
  const path = topic.trim().replace(/\(\)$/, '');
  if (/^[\p{ID_Start}$_][\p{ID_Continue}$.]*$/u.test(path)) {
    const [owner, member] = [path.slice(0, path.lastIndexOf('.')), path.slice(path.lastIndexOf('.') + 1)];
    if (path.includes('.')) {
      // A query of no entity has the methods of all.
      const type = await context.typeOf(owner === 'query' ? 'query()' : owner);
      const ofClass = context.session.describe(classOf(owner, context));
      const property = (type.entity ?? ofClass)?.properties.find(each => each.name === member);
      if (property) return explainProperty(property, type.entity ?? ofClass);
      const docstring = await explainMember({ owners: [...type.names, owner], name: member });
      if (docstring) return docstring;
    }
    const { names, entity, text } = await context.typeOf(path);
    if (entity) return explainEntity(entity);
    const methods = await explainClass(names);
    if (methods) return methods;
    if (text !== undefined && text !== 'null')
      return [{ kind: 'paragraph', heading: path, text: `Is a ${text}.` }];
  }
  // The parser of documents is loaded when it is wanted.
  const { readTopic } = await import('../help/topics.ts');
  return readTopic(topic);
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
