import { expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const lines = new URL('lines.ts', import.meta.url).pathname;

/** FUZZ_RUNS says how many statements are typed. */
const { FUZZ_RUNS = '5000' } = process.env;

it('whatever is typed, the shell answers, shows nothing of its inside, and loses nothing that is staged', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [lines, FUZZ_RUNS]).catch(
    (failure: { stdout: string }) => failure,
  );
  expect(stdout).toMatch(/^(?:\d+ statements\n)+$/);
}, 7_200_000);
