import { glob, readFile, stat, writeFile } from 'node:fs/promises';
import { parseTranscript } from './parse/parse.ts';
import type { Transcript } from './transcript.ts';

/** Every transcript below the current directory. */
const everywhere = '**/*.repl.md';

/**
 * Reads transcripts, in alphabetical order. A file that cannot be read is one with a problem.
 *
 * @param patterns paths and globs; none for every `*.repl.md` below the current directory
 */
export async function readTranscripts(patterns: readonly string[]): Promise<Transcript[]> {
  const paths = await Promise.all((patterns.length > 0 ? patterns : [everywhere]).map(expand));
  return Promise.all([...new Set(paths.flat())].map(readTranscript));
}

export async function writeTranscript({ path }: Pick<Transcript, 'path'>, text: string): Promise<void> {
  await writeFile(path, text);
}

async function expand(pattern: string): Promise<string[]> {
  if (!/[*?[{]/.test(pattern) || (await stat(pattern).catch(() => undefined))) return [pattern];
  const found: string[] = [];
  const exclude = (path: string) => /(?:^|[\\/])(?:node_modules|\.git)$/.test(path);
  for await (const path of glob(pattern, { exclude })) found.push(path);
  return found.length > 0 ? found.toSorted() : [pattern];
}

async function readTranscript(path: string): Promise<Transcript> {
  try {
    return parseTranscript(path, await readFile(path, 'utf8'));
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const reason =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? `it is a directory; write '${path}/**/*.md' for what is in it`
          : message;
    return { path, text: '', blocks: [], problems: [{ line: 1, message: `Cannot read it: ${reason}.` }] };
  }
}
