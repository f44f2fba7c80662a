import { afterAll } from '@jest/globals';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const modules = new URL('../../node_modules', import.meta.url).pathname;

/** Files by their paths; an object is JSON. */
export type Files = Readonly<Record<string, string | object>>;

const folders: string[] = [];

/** Writes a project with the packages of this one, unless it brings its own; it is gone after the tests. */
export async function writeProject(files: Files): Promise<string> {
  const cwd = await realpath(await mkdtemp(join(tmpdir(), 'mikroscope-')));
  folders.push(cwd);
  const usual = { name: 'shop', type: 'module', dependencies: { '@mikro-orm/sqlite': '*' } };
  for (const [name, content] of Object.entries({ 'package.json': usual, ...files })) {
    await mkdir(dirname(join(cwd, name)), { recursive: true });
    await writeFile(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  if (!Object.keys(files).some(name => name.startsWith('node_modules')))
    await symlink(modules, join(cwd, 'node_modules'));
  return cwd;
}

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});
