import { array, constantFrom, letrec, nat, oneof, tuple } from 'fast-check';
import { mixed } from './family.ts';
import type { Script, Step, StepName } from './scripts.ts';

/** What happens, and how often of a hundred or so. */
const frequencies: Readonly<Record<StepName, number>> = {
  add: 6,
  look: 12,
  flush: 6,
  query: 6,
  commit: 12,
  rollback: 6,
  expire: 3,
  refresh: 3,
  remove: 4,
  expunge: 1,
  load: 2,
  reference: 2,
  stream: 0,
  fail: 5,
  bulk: 4,
  'other session': 3,
  'row gone': 0,
};

const names = Object.entries(frequencies).flatMap(([name, often]) =>
  Array.from({ length: often }, () => name as StepName),
);

const { step } = letrec<{ step: Step; simple: Step }>(tie => ({
  simple: oneof(
    { weight: 60, arbitrary: tuple(constantFrom('of' as const), nat(2), nat(3), constantFrom(...names)) },
    {
      weight: 40,
      arbitrary: tuple(
        constantFrom('of' as const),
        nat(2),
        nat(3),
        tuple(constantFrom('assign', 'assign', 'mutate'), constantFrom(0, 1, 1, 2, -1)),
      ),
    },
  ),
  step: oneof(
    { weight: 20, arbitrary: tie('simple') },
    {
      weight: 1,
      arbitrary: array(tie('simple'), { maxLength: 3 }).map(inside => ['nested', ...inside] as const),
    },
  ),
}));

/** A class, and what happens to three objects of it. */
export const sequences = tuple(
  constantFrom(...mixed),
  array(step, { minLength: 3, maxLength: 20, size: 'max' }),
);

/** The objects have rows, and are loaded, unless they are to be new. */
const beginning: Script = [['of', 0, 0, 'add'], ['of', 1, 0, 'add'], 'commit', ['of', 0, 0, 'look']];

export function scriptOf(sequence: Script): Script {
  return [
    ...beginning,
    ...sequence,
    'commit',
    ['of', 0, 0, 'look'],
    ['of', 1, 0, 'look'],
    ['of', 2, 0, 'look'],
  ];
}
