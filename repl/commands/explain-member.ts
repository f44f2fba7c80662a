import { Query } from '../../src/index.ts';
import type { PagePart } from '../answer/answer.ts';
import { type Declared, type Docstring, readDocstrings } from '../help/docstrings.ts';
import type { CommandContext } from './command.ts';

/** A method or a property, and the types that may have it. */
interface Member {
  readonly owners: readonly string[];
  readonly name: string;
}

/** Where the members of a type are explained. */
const declarations: Readonly<Record<string, Declared>> = {
  Query: { className: 'Query', source: 'src/query/query.ts' },
  Session: { className: 'Session', source: 'src/session/session.ts' },
  EntityManager: { className: 'EntityManager', declaredIn: ['@mikro-orm/core', 'EntityManager.d.ts'] },
  Collection: { className: 'Collection', declaredIn: ['@mikro-orm/core', 'entity/Collection.d.ts'] },
  Reference: { className: 'Reference', declaredIn: ['@mikro-orm/core', 'entity/Reference.d.ts'] },
  orm: { className: 'MikroORM', declaredIn: ['@mikro-orm/core', 'MikroORM.d.ts'] },
};

/** The member that a function is, of a query or of an object of the prompt. */
export function methodOf(topic: unknown, { scope }: CommandContext): Member | undefined {
  if (typeof topic !== 'function') return undefined;
  const { name } = topic;
  if (methodAt(Query.prototype, name) === topic) return { owners: ['Query'], name };
  const { session, em, orm } = scope.provided;
  const owner = Object.entries({ Session: session, EntityManager: em, orm }).find(
    ([, object]) => methodAt(object, name) === topic,
  );
  return owner && { owners: [owner[0]], name };
}

/** What the docstring of a member says; undefined if it has none. */
export async function explainMember(member: Member | undefined): Promise<readonly PagePart[] | undefined> {
  for (const owner of member?.owners ?? []) {
    const declared = Object.hasOwn(declarations, owner) ? declarations[owner] : undefined;
    const docstring = declared && (await readDocstrings(declared)).get(member?.name ?? '');
    if (docstring) return explain(docstring);
  }
  return undefined;
}

/** The members of the first of these types that is explained anywhere, each with the first sentence of its docstring. */
export async function explainClass(names: readonly string[]): Promise<readonly PagePart[] | undefined> {
  const name = names.find(each => Object.hasOwn(declarations, each));
  const declared = name === undefined ? undefined : declarations[name];
  if (declared === undefined) return undefined;
  const members = [...(await readDocstrings(declared)).values()].toReversed();
  const entries = members
    .filter(({ text, signature }) => text !== '' && !signature.endsWith(': never'))
    .map(({ name: member, signature, text }): [string, string] => [
      signature.startsWith(`${member}(`) ? `${member}()` : member,
      firstSentence(text),
    ]);
  return [{ kind: 'list', heading: declared.className, entries }];
}

function firstSentence(text: string): string {
  return /^.*?[.;](?=\s|$)/.exec(text)?.[0].replace(/;$/, '.') ?? text;
}

/** What a tag says of a member, in a word. */
const tagWords: Readonly<Record<string, string>> = {
  returns: 'Returns',
  throws: 'Throws',
  deprecated: 'Deprecated:',
};

function explain({ signature, text, tags, example }: Docstring): PagePart[] {
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

/** The method of a name that an object has or inherits; no getter runs. */
function methodAt(object: unknown, name: string): unknown {
  for (let owner = object; owner !== null && owner !== undefined; owner = Object.getPrototypeOf(owner)) {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (found) return found.value;
  }
  return undefined;
}
