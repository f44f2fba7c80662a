import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { ClassDeclaration, ClassElement, Node, SourceFile } from 'typescript';
import { ownFile } from '../own-package.ts';

/** What the docstring of a method or property says. */
export interface Docstring {
  readonly name: string;
  /** As `filterBy(values: object): Query<T>`, without the promises that the prompt waits for. */
  readonly signature: string;
  /** What it does, as sentences. */
  readonly text: string;
  /** `throws`, `param` and the like, each with what it says. */
  readonly tags: readonly (readonly [name: string, text: string])[];
  /** The lines of the example; none if there is no example. */
  readonly example: readonly string[];
}

/** Where a class is declared: in a file of this program, by its path in the repository, or in one of a package. */
export interface Declared {
  readonly className: string;
  readonly source?: string;
  readonly declaredIn?: readonly [packageName: string, file: string];
}

/**
 * Reads the docstrings of a class where they are written, so that help says what they say. Loads the TypeScript compiler,
 * which takes a quarter of a second the first time.
 *
 * @returns the docstring of each public member that has one, by its name
 */
export async function readDocstrings(declared: Declared): Promise<ReadonlyMap<string, Docstring>> {
  const { default: typescript } = await import('typescript');
  const { createSourceFile, isClassDeclaration, ScriptTarget } = typescript;
  const file = fileOf(declared);
  const source = createSourceFile(file, await readFile(file, 'utf8'), ScriptTarget.Latest, true);
  const found = source.statements.find(
    (each): each is ClassDeclaration => isClassDeclaration(each) && each.name?.text === declared.className,
  );
  const read = found?.members.flatMap(member => readMember(member, source, typescript) ?? []) ?? [];
  return new Map(read.toReversed().map(each => [each.name, each]));
}

function fileOf({ source = '', declaredIn }: Declared): string {
  if (declaredIn === undefined) return ownFile(source).replace(/\.js$/, '.d.ts');
  const [name, file] = declaredIn;
  // A package need not export its own package.json.
  const main = createRequire(import.meta.url).resolve(name);
  const folder = main.slice(
    0,
    main.lastIndexOf(join('node_modules', name)) + join('node_modules', name).length,
  );
  return join(basename(folder) === basename(name) ? folder : dirname(main), file);
}

function readMember(
  member: ClassElement,
  source: SourceFile,
  typescript: typeof import('typescript'),
): Docstring | undefined {
  const { getJSDocCommentsAndTags, getTextOfJSDocComment, isIdentifier, isJSDoc } = typescript;
  if (member.name === undefined || !isIdentifier(member.name)) return undefined;
  const doc = getJSDocCommentsAndTags(member).find(isJSDoc);
  if (doc === undefined) return undefined;
  const said = (comment: Parameters<typeof getTextOfJSDocComment>[0]) =>
    (getTextOfJSDocComment(comment) ?? '').replaceAll(/\{@link (\w+)\}/g, '$1()');
  const tags = doc.tags ?? [];
  if (tags.some(({ tagName }) => tagName.text === 'internal')) return undefined;
  const [text = '', code = ''] = said(doc.comment).split(/^```.*$/m);
  return {
    name: member.name.text,
    signature: signatureOf(member, source, typescript),
    text: inOneLine(text),
    tags: tags
      .filter(({ tagName }) => tagName.text !== 'example')
      .map(tag => [tag.tagName.text, inOneLine(`${nameOf(tag, source)}${said(tag.comment)}`)]),
    example: [
      code,
      ...tags.flatMap(tag => (tag.tagName.text === 'example' ? [said(tag.comment)] : [])),
    ].flatMap(example => linesOf(example)),
  };
}

/** The name of a parameter, before what its tag says. */
function nameOf(tag: Node, source: SourceFile): string {
  const name = 'name' in tag ? (tag.name as Node | undefined)?.getText(source) : undefined;
  return name === undefined ? '' : `${name}: `;
}

function signatureOf(
  member: ClassElement,
  source: SourceFile,
  { isMethodDeclaration, isAccessor, isPropertyDeclaration }: typeof import('typescript'),
): string {
  const name = member.name?.getText(source) ?? '';
  const text = (node: Node | undefined) => waited(inOneLine(node?.getText(source) ?? 'unknown'));
  if (isMethodDeclaration(member))
    return `${name}(${member.parameters.map(text).join(', ')}): ${text(member.type)}`;
  if (isAccessor(member) || isPropertyDeclaration(member)) return `${name}: ${text(member.type)}`;
  return name;
}

/** A type without the promise that stands for it: what is typed at the prompt waits. */
function waited(type: string): string {
  return /^Promise<(.*)>$/.exec(type)?.[1] ?? type;
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('`', '').trim();
}

function linesOf(example: string): string[] {
  const code = example.replaceAll(/^```.*$/gm, '').trim();
  return code === '' ? [] : code.split('\n');
}
