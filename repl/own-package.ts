import { existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The folder of this program's package. */
export const ownRoot = findRoot();

const isCompiled = extname(import.meta.url) === '.js';

/** The folders of this program's files, ending in a slash. */
export const ownFolders: readonly string[] = (isCompiled ? ['dist/'] : ['src/', 'repl/']).map(folder =>
  join(ownRoot, folder),
);

const ownUrls = ownFolders.map(folder => pathToFileURL(folder).href);

/** Whether a file belongs to this program, compiled or not. */
export function isOwnFile(url: string | undefined): boolean {
  return url !== undefined && ownUrls.some(folder => url.startsWith(folder));
}

/**
 * The path of a file of this program that another process, thread or module system loads: of the compiled one where
 * this is.
 *
 * @param source the path in the repository
 */
export function ownFile(source: string): string {
  return join(ownRoot, isCompiled ? join('dist', source.replace(/ts$/, 'js')) : source);
}

/** Compiled, this may be in a file with others, so that only the package's folder has a known place. */
function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
