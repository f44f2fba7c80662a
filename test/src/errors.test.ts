import { expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';

const root = new URL('../..', import.meta.url).pathname;

/** What stands in the place of the headline, where that is one text. */
const made =
  /new (?:MikroscopeError|ProjectError|UsageError)\(\s*(?:'[A-Z]\w+',\s*)?(?<quote>['"`])(?<headline>(?:(?!\k<quote>)[^\\]|\\.)*)\k<quote>/g;

it('no headline of an error has a full stop; what to do, below it, is a sentence', () => {
  const headlines = globSync('{src,repl}/**/*.ts', { cwd: root }).flatMap(file =>
    [...readFileSync(`${root}${file}`, 'utf8').matchAll(made)].map(
      ({ groups }) => groups?.['headline'] ?? '',
    ),
  );
  expect(headlines.length).toBeGreaterThan(100);
  expect(headlines.filter(headline => headline.endsWith('.'))).toEqual([]);
});
