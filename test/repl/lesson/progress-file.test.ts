import { beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readProgress, writeProgress } from '../../../repl/cli/lesson/progress-file.ts';

describe('progress', () => {
  let folder: string;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'mikroscope-')), 'state', 'lessons');
  });

  it('is written as a whole, readable by its owner alone, and read again', async () => {
    const progress = { hash: 'a', at: 'commit', done: { tables: [], stage: ['add(user)'] } };
    const path = join(folder, 'one.json');
    writeProgress(path, { ...progress, at: 'stage' });
    writeProgress(path, progress);
    expect(readProgress(path)).toEqual(progress);
    expect(await readdir(folder)).toEqual(['one.json']);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"hash":1}',
    '{"hash":"a","done":{"x":[1]}}',
    '{"hash":"a","at":2,"done":{}}',
  ])('is none where its file holds %j', async text => {
    const path = join(folder, 'one.json');
    writeProgress(path, { hash: 'a', at: undefined, done: {} });
    await writeFile(path, text);
    expect(readProgress(path)).toBeUndefined();
  });

  it('is none without a file', () => {
    expect(readProgress(join(folder, 'none.json'))).toBeUndefined();
  });
});
