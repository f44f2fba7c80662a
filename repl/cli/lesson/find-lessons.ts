import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MikroscopeError } from '../../../src/index.ts';
import { parseLesson } from '../../lesson/parse/parse-lesson.ts';
import { translate } from '../../lesson/parse/translate.ts';
import type { Lesson } from '../../lesson/lesson.ts';
import { ownRoot } from '../../own-package.ts';

/** Where the lessons of this program are. */
export const ownLessons = join(ownRoot, 'docs', 'lessons');

/** Whether lessons are those of this program, which are about its demo. */
export function isOwn(source: string): boolean {
  return `${resolve(source)}${sep}`.startsWith(`${ownLessons}${sep}`);
}

const ending = '.repl.md';

/**
 * Reads lessons, in the order of their files' names.
 *
 * @param source a folder, a file, or a package whose folder `lessons` has some
 * @param language of which a translation is taken where there is one, such as `de`
 * @throws MikroscopeError `NotFound` if there are none
 */
export async function findLessons(source: string, language?: string): Promise<Lesson[]> {
  const files = await filesOf(source);
  if (files.length === 0)
    throw new MikroscopeError(
      'NotFound',
      `There are no lessons in ${source}`,
      'A lesson is a file *.repl.md; mikroscope lesson new FILE.repl.md writes a first one.',
    );
  return Promise.all(files.map(file => readLesson(file, language)));
}

/** @throws MikroscopeError `NotFound` if the file cannot be read */
export async function readLesson(file: string, language?: string): Promise<Lesson> {
  const lesson = parseLesson(file, await read(file));
  const translated =
    language === undefined ? undefined : await read(translationOf(file, language)).catch(() => undefined);
  if (translated === undefined || language === undefined) return lesson;
  return translate(lesson, parseLesson(translationOf(file, language), translated, true));
}

/** The languages that a lesson is translated to, such as `de`. */
export async function languagesOf(file: string): Promise<string[]> {
  const name = basename(file, ending);
  const beside = await readdir(dirname(file));
  return beside
    .flatMap(each =>
      each.startsWith(`${name}.`) ? (/^\.([a-z]{2,3})\.md$/.exec(each.slice(name.length)) ?? []) : [],
    )
    .filter(each => !each.startsWith('.'))
    .toSorted();
}

function translationOf(file: string, language: string): string {
  return join(dirname(file), `${basename(file, ending)}.${language}.md`);
}

async function filesOf(source: string): Promise<string[]> {
  const folder = await stat(source).then(
    found => (found.isDirectory() ? source : undefined),
    () => packageFolder(source),
  );
  if (folder === undefined) return [source];
  const names = await readdir(folder).catch(() => []);
  return names
    .filter(name => name.endsWith(ending))
    .toSorted(new Intl.Collator('en', { numeric: true }).compare)
    .map(name => join(folder, name));
}

/** The folder `lessons` of an installed package; the name itself if there is none. */
function packageFolder(name: string): string {
  try {
    const require = createRequire(pathToFileURL(resolve('package.json')));
    return join(dirname(require.resolve(`${name}/package.json`)), 'lessons');
  } catch {
    return name;
  }
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new MikroscopeError(
      'NotFound',
      `The lesson ${file} cannot be read: ${(error as Error).message.replace(/,[^,]*$/, '')}`,
      'mikroscope learn lists the lessons that there are.',
      { cause: error },
    );
  }
}
