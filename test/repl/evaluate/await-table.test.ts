import { describe, expect, it } from '@jest/globals';
import { asTypedRows } from './await-table/as-typed.ts';
import { callRows } from './await-table/calls.ts';
import { chainRows } from './await-table/chains.ts';
import { classRows } from './await-table/classes.ts';
import { comparisonRows } from './await-table/comparisons.ts';
import { controlRows } from './await-table/control.ts';
import { declaredApartRows } from './await-table/declared-apart.ts';
import { errorRows } from './await-table/errors.ts';
import { functionRows } from './await-table/functions.ts';
import { iteratorRows } from './await-table/iterators.ts';
import { keptPromiseRows } from './await-table/kept-promises.ts';
import { listRows } from './await-table/lists.ts';
import { madeOfIteratorsRows } from './await-table/made-of-iterators.ts';
import { mixtureRows } from './await-table/mixtures.ts';
import { nameTakenRows } from './await-table/names-taken.ts';
import { nameRows } from './await-table/names.ts';
import { operatorRows } from './await-table/operators.ts';
import { patternRows } from './await-table/patterns.ts';
import { promiseRows } from './await-table/promises.ts';
import type { Row } from './await-table/row.ts';
import { runPlain, type } from './await-table/run.ts';
import { syntaxRows } from './await-table/syntax.ts';
import { typescriptRows } from './await-table/typescript.ts';
import { waitingCallbackRows } from './await-table/waiting-callbacks.ts';
import { waitingFunctionRows } from './await-table/waiting-functions.ts';
import { waitingScopeRows } from './await-table/waiting-scopes.ts';

const themes: Readonly<Record<string, readonly Row[]>> = {
  'what functions show of themselves': asTypedRows,
  'calls, new and reads': callRows,
  'optional chaining': chainRows,
  classes: classRows,
  comparators: comparisonRows,
  'control flow': controlRows,
  'what is declared apart': declaredApartRows,
  'error messages': errorRows,
  functions: functionRows,
  iterators: iteratorRows,
  'what is made of iterators': madeOfIteratorsRows,
  'callbacks of lists': listRows,
  mixtures: mixtureRows,
  names: nameRows,
  'names that are taken': nameTakenRows,
  operators: operatorRows,
  destructuring: patternRows,
  promises: promiseRows,
  'promises that are kept': keptPromiseRows,
  syntax: syntaxRows,
  TypeScript: typescriptRows,
  'callbacks that wait': waitingCallbackRows,
  'functions that wait': waitingFunctionRows,
  'scopes of functions that wait': waitingScopeRows,
};

describe.each(Object.entries(themes))('%s, typed without await', (_, rows) => {
  it.each(rows.map(([typed, plain = typed]) => [typed, plain]))('%s', async (typed, plain) => {
    expect(await type(typed)).toEqual(await runPlain(plain));
  });
});
