import { glob, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTranscript } from './parse-transcript.ts';
import type { Transcript } from '../transcript.ts';

/** Every transcript below the current directory. */
const defaultPattern = '**/*.repl.md';

/**
 * Reads transcripts. A file that cannot be read becomes a transcript with a problem.
 *
 * @param patterns paths, directories and globs; without any, every `*.repl.md` below the current directory
 * @returns them in the order of the patterns, those of a glob in alphabetical order
 */
export async function readTranscripts(patterns: readonly string[]): Promise<Transcript[]> {
  const paths = await Promise.all((patterns.length > 0 ? patterns : [defaultPattern]).map(expand));
  return Promise.all(
    [...new Set(paths.flat())].map(async path => {
      const transcript = await readTranscript(path);
      return patterns.includes(path) ? assertSession(transcript) : transcript;
    }),
  );
}

/** Replaces a file as a whole: on a disk that is full, or when the program is killed, it stays as it was. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const file = await realpath(path).catch(() => path);
  const mode = await stat(file).then(
    old => old.mode,
    () => undefined,
  );
  const aside = `${file}.${process.pid}~`;
  try {
    await writeFile(aside, text, { flag: 'wx', mode });
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    const { code = '' } = error as NodeJS.ErrnoException;
    if (mode === undefined || !UNMOVABLE.has(code)) throw error;
    await writeFile(file, text);
  }
}

/** What systems say of a file that nothing can be put beside, or that cannot be replaced, as one that is mounted. */
const UNMOVABLE = new Set(['EACCES', 'EPERM', 'EBUSY', 'EXDEV']);

/** A file that was named, and has nothing to run, was probably meant to have something. */
function assertSession(transcript: Transcript): Transcript {
  const isEmpty =
    transcript.problems.length === 0 && transcript.blocks.every(({ steps }) => steps.length === 0);
  if (!isEmpty) return transcript;
  const message = 'There is nothing to run in this file: a session is in blocks of the language repl.';
  return { ...transcript, problems: [{ line: 1, message }] };
}

/** A directory that was named stands for the transcripts in it; one without any is named in the report. */
async function expand(pattern: string): Promise<string[]> {
  const named = await stat(pattern).catch(() => undefined);
  if (named?.isDirectory()) return (await find(defaultPattern, pattern)) ?? [pattern];
  return (!named && /[*?[{]/.test(pattern) ? await find(pattern) : undefined) ?? [pattern];
}

/** @returns the files of a glob in alphabetical order, without folders of such names; undefined if there are none */
async function find(pattern: string, folder = ''): Promise<string[] | undefined> {
  const found: string[] = [];
  const exclude = (path: string) => /(?:^|[\\/])(?:node_modules|\.git)$/.test(path);
  for await (const path of glob(pattern, { exclude, cwd: folder || '.' })) {
    const each = join(folder, path);
    if ((await stat(each).catch(() => undefined))?.isDirectory() !== true) found.push(each);
  }
  return found.length > 0 ? found.toSorted() : undefined;
}

/** What other encodings have would be written back as question marks by an update. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

async function readTranscript(path: string): Promise<Transcript> {
  try {
    return parseTranscript(path, utf8.decode(await readFile(path)));
  } catch (error) {
    const message = `Cannot read this file: ${reasonOf(error, path)}.`;
    return { path, text: '', blocks: [], problems: [{ line: 1, message }] };
  }
}

function reasonOf(error: unknown, path: string): string {
  const { code, message } = error as { code?: string; message: string };
  switch (code) {
    case 'ENOENT':
      return 'it does not exist';
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return 'it is not in UTF-8; save it in that encoding';
    case 'EISDIR':
      return `it is a directory without any *.repl.md; write '${path}/**/*.md' for other files in it`;
    default:
      return message;
  }
}
