import { globSync, readFileSync } from 'node:fs';
import type { Config } from 'jest';

/** What a test needs follows from what it imports, so that a new one is in the right project by itself. */
const needs = {
  /** Processes: the program, a terminal, npm, transcripts as tests. */
  system:
    /support\/(program|terminal|browser|mortal-(?:postgres|mariadb)|projects|written-project|mikro-orm-copy)\.ts|node:child_process|mikroscope\/jest/,
  /** More or longer runs than after every change, where RANDOM_RUNS says so. */
  random: /\bRANDOM_RUNS\b/,
  /** A server. */
  database: /support\/(?:databases|typed)\.ts/,
};

/** These need no more than a database, or nothing, but take too long to wait for after every change. */
const slow = [
  'src/families/product',
  'src/families/hooks/hooks',
  'src/database/drivers',
  'src/database/read-only',
  'src/database/sandbox',
  'src/database/attacks/attacks',
  'src/session/restore',
  'src/session/values',
  'src/session/own-transactions',
  'src/session/beside',
  'src/mikro-orm/endless-waits',
  'src/oracle/oracle',
  'repl/evaluate/waiting/waiting',
];

const kinds = Object.keys(needs) as (keyof typeof needs)[];

const root = new URL('..', import.meta.url).pathname;
const tests = globSync('test/**/*.test.ts', { cwd: root });
const kindOf = (test: string) => {
  if (slow.some(name => test === `test/${name}.test.ts`)) return 'system';
  const text = readFileSync(`${root}${test}`, 'utf8');
  return kinds.find(kind => needs[kind].test(text)) ?? 'unit';
};

const compiled = (type: 'es6' | 'commonjs') => [
  '@swc/jest',
  { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type } },
];

const project = (displayName: keyof typeof needs | 'unit') => ({
  displayName,
  rootDir: root,
  testMatch: tests.filter(test => kindOf(test) === displayName).map(test => `<rootDir>/${test}`),
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': compiled('es6'), '\\.cts$': compiled('commonjs') },
  setupFiles: ['<rootDir>/test/support/random-seed.ts'],
  moduleNameMapper: { '^mikroscope/jest$': '<rootDir>/repl/test-runners/jest.cts' },
  ...(displayName !== 'unit' && {
    globalSetup: '<rootDir>/test/support/global-setup.ts',
    globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  }),
});

// Jest wants the configuration as the default export.
// oxlint-disable-next-line import/no-default-export
export default {
  rootDir: root,
  projects: [project('unit'), ...kinds.map(project)],
  // By default Jest leaves a core to itself, which is half of a machine with two.
  maxWorkers: '100%',
  // A test that hangs ends here; one that starts a few programs on a busy machine does not.
  testTimeout: 120_000,
  // Each file keeps its modules until its process ends: without a limit the last ones run in a process of some 6 GB.
  workerIdleMemoryLimit: '1.5GB',
} as Config;
