import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Models } from '../../../repl/python/models.ts';
import { modelsOf } from '../../../repl/python/models-of.ts';
import { PythonSession } from '../../../repl/python/translate.ts';
import { openSession } from '../../../src/index.ts';
import { runInFlask, type Seen, whyNot } from './flask.ts';
import { runTranslated } from './run-translated.ts';
import { language } from './tables/language.ts';
import { objects } from './tables/objects.ts';
import { queries } from './tables/queries.ts';
import { refused } from './tables/refused.ts';
import { type Row, setup } from './tables/row.ts';

const sessions: readonly (readonly [name: string, rows: readonly Row[]])[] = [
  ['queries', queries],
  ['objects', objects],
  ['the language', language],
];
const skipped = whyNot();
let models: Models;

beforeAll(async () => {
  const session = await openSession({ url: 'sqlite::memory:' });
  models = modelsOf(session);
  await session.close();
});

describe.each(sessions)('a session of %s', (_, rows) => {
  it('is translated', () => {
    const translations = new PythonSession(models).translate(textOf(rows)).slice(-rows.length);
    expect(translations.map(each => [each.python.trimEnd(), each.typescript.join('\n')])).toEqual(rows);
  });
});

describe.each(refused)('%s', (python, reason, nearest) => {
  it('is refused', () => {
    const names = "x = 5\ny = 2\nnames = ['Zoe', 'Alex']\nages = {'a': 1}\n";
    const last = new PythonSession(models).translate(`${setup}${names}${python}`).at(-1);
    expect([last?.typescript, last?.refusal]).toEqual([[], { reason, nearest }]);
  });
});

(skipped === '' ? describe : describe.skip)(`Flask-SQLAlchemy ${skipped}`, () => {
  let theirs: readonly Seen[];

  beforeAll(() => {
    theirs = runInFlask(sessions.map(([, rows]) => textOf(rows)));
  });

  it.each(sessions.map(([name, rows], index) => [name, rows, index] as const))(
    'shows and leaves the same after a session of %s',
    async (_, rows, index) => {
      const { shown, translations } = await runTranslated(textOf(rows));
      const flask = theirs[index] as Seen;
      // What gives None there, as append() does, may give a number here.
      const seen = flask.seen.map((step, at) => ({
        ...step,
        ...(step.value === null && { value: shown.seen[at]?.value }),
      }));
      const steps = translations.map(({ python }) => python);
      expect(shown.seen.map((step, at) => [steps[at], step])).toEqual(
        seen.map(({ fails, value, printed }, at) => [
          steps[at],
          fails ? { fails, printed } : { value, printed },
        ]),
      );
      expect(flask.variables).toMatchObject(values(shown.variables));
      expect(shown.rows).toEqual(flask.rows);
    },
  );
});

/** The variables that are data on this side. */
function values(variables: Seen['variables']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(variables).filter(([name, value]) => value !== '?' && !name.endsWith('_')),
  );
}

function textOf(rows: readonly Row[]): string {
  return `${setup}${rows.map(([python]) => `${python}\n`).join('\n')}`;
}
