import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folders = ['../../src/', '../'].map(folder => new URL(folder, import.meta.url).href);

/** Whether a file is one of this program's own, compiled or not. */
export function isOwnFile(url: string | undefined): boolean {
  return url !== undefined && folders.some(folder => url.startsWith(folder));
}

/** The directory of this program's own package. */
export function ownRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
