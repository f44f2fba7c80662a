import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const programFolders = ['../../src/', '../'].map(folder => new URL(folder, import.meta.url).href);

/** Whether a file belongs to this program, compiled or not. */
export function isOwnFile(url: string | undefined): boolean {
  return url !== undefined && programFolders.some(folder => url.startsWith(folder));
}

/** The folder of this program's package. */
export function ownRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
