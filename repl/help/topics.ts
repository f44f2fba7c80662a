import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PagePart } from '../answer/answer.ts';
import { ownRoot } from '../own-package.ts';
import { readMarkdown, type Section } from './markdown.ts';
import { topicNames } from './topic-names.ts';

/**
 * The topics of help: the documents of the package, by the names of their files.
 *
 * @returns each topic's name, and the title of its document
 */
export async function topics(): Promise<readonly (readonly [name: string, title: string])[]> {
  const documents = await Promise.all(
    topicNames().map(async name => [name, await sectionsOf(name)] as const),
  );
  return documents.map(([name, [first]]) => [name, first?.title ?? name]);
}

/**
 * What the documents say of a topic: the document of that name or title; otherwise the sections whose headings have the
 * word.
 *
 * @returns undefined if there is neither
 */
export async function readTopic(topic: string): Promise<readonly PagePart[] | undefined> {
  const names = topicNames();
  const documents = await Promise.all(names.map(sectionsOf));
  const asked = topic.trim().toLowerCase();
  const whole = documents.find(
    ([first], index) => names[index] === asked || first?.title.toLowerCase() === asked,
  );
  const found = whole ?? documents.flatMap(sections => sections.filter(({ title }) => hasWord(title, asked)));
  return found.length === 0 ? undefined : found.flatMap(asParts);
}

async function sectionsOf(name: string): Promise<readonly Section[]> {
  return readMarkdown(await readFile(join(ownRoot, 'docs', `${name}.md`), 'utf8'));
}

function asParts({ title, parts }: Section): PagePart[] {
  const [first, ...others] = parts;
  return first?.kind === 'paragraph' && first.heading === undefined
    ? [{ ...first, heading: title }, ...others]
    : [{ kind: 'list', heading: title, entries: [] }, ...parts];
}

function hasWord(title: string, word: string): boolean {
  return word.length > 2 && title.toLowerCase().split(/\W+/).includes(word);
}
