import { UsageError } from './usage-error.ts';

/** `mikroscope learn`. */
export interface LearnTask {
  readonly kind: 'learn';
  /** A folder, file or package of lessons; undefined for those of this program. */
  readonly source: string | undefined;
  /** The number of the lesson to play, from 1 on; undefined to list them. */
  readonly number: number | undefined;
  readonly language: string | undefined;
  readonly urls: readonly string[];
}

/** `mikroscope lesson`. */
export interface LessonTask {
  readonly kind: 'lesson';
  readonly action: 'check' | 'new' | 'html';
  readonly paths: readonly string[];
  /** Of the translation that is meant; undefined for the original. */
  readonly language: string | undefined;
  /** Where a page is written; undefined for beside its lesson. */
  readonly out: string | undefined;
  readonly urls: readonly string[];
}

/** The options that these commands read. */
interface Values {
  readonly db?: readonly string[];
  readonly lang?: string;
  readonly out?: string;
}

/** @throws UsageError if the words are not those of `learn` */
export function learnTask(
  { db: urls = [], lang }: Values,
  words: readonly string[],
  { LC_ALL, LC_MESSAGES, LANG }: Readonly<Record<string, string | undefined>>,
): LearnTask {
  const isNumber = (word: string | undefined) => word !== undefined && /^[1-9]\d*$/.test(word);
  const source = words.find(word => !isNumber(word));
  const number = words.find(isNumber);
  const given = [source, number].filter(word => word !== undefined);
  if (given.length < words.length)
    throw new UsageError('learn takes the number of a lesson, and perhaps a folder before it');
  const locale = /^[a-z]{2,3}(?=[_.@]|$)/.exec(LC_ALL || LC_MESSAGES || LANG || '')?.[0];
  return {
    kind: 'learn',
    source,
    number: number === undefined ? undefined : Number(number),
    language: lang ?? locale,
    urls,
  };
}

const actions = ['check', 'new', 'html'] as const;

/** @throws UsageError if the words are not those of `lesson` */
export function lessonTask(
  { db: urls = [], lang: language, out }: Values,
  [word, ...paths]: readonly string[],
): LessonTask {
  const action = actions.find(each => each === word);
  if (action === undefined)
    throw new UsageError(
      word === undefined ? 'lesson needs to be told what to do' : `There is no command 'lesson ${word}'`,
      'Write lesson check FILE, lesson new FILE, or lesson html FILE.',
    );
  if (paths.length === 0) throw new UsageError(`lesson ${action} needs a FILE`);
  if (out !== undefined && action !== 'html') throw new UsageError(`lesson ${action} takes no --out`);
  return { kind: 'lesson', action, paths, language, out, urls };
}
