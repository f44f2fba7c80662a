import { isDeepStrictEqual } from 'node:util';
import { compareTables } from './compare-tables.ts';
import type { Effect } from './effect.ts';
import type { Held } from './held.ts';

/** What a task asks for: what the author's way has led to, and from where. */
export interface Goal {
  readonly before: Effect;
  readonly after: Effect;
  /** The variables that later steps use: those that the task changes, and the objects of the session. */
  readonly needed: ReadonlySet<string>;
  /** How many queries the last statement may run; undefined for any number. */
  readonly queries: number | undefined;
}

/** Why a task is not solved, the most helpful reason first; none if it is. */
export type Reasons = readonly string[];

/** Judges what a learner's statements have led to by what the author's have. */
export function judge(goal: Goal, actual: Effect): Reasons {
  const { after } = goal;
  const staged = compareStaged(goal, actual);
  if (staged !== undefined) return [staged, ...loose(goal, actual)];
  const reasons = [
    ...compareTables(after.tables, actual.tables),
    ...compareVariables(goal, actual),
    ...(after.showsSql === actual.showsSql
      ? []
      : [`.sql ${after.showsSql ? 'on' : 'off'} is still missing.`]),
  ];
  if (reasons.length > 0) {
    const unstaged = loose(goal, actual);
    return unstaged.length > 0 ? unstaged : reasons;
  }
  return asksForOutput(goal) ? compareOutput(goal, actual) : [];
}

/** Whether statements of a task change nothing, so that what they show is what it asks for. */
export function asksForOutput({ before, after, needed }: Omit<Goal, 'queries'>): boolean {
  const changed = [...needed].some(name => before.variables[name]?.text !== after.variables[name]?.text);
  return !changed && isSameState(before, after);
}

/** Whether two effects leave the same behind, but for variables. */
export function isSameState(one: Effect, other: Effect): boolean {
  return (['tables', 'pending', 'uncommitted', 'showsSql'] as const).every(name =>
    isDeepStrictEqual(one[name], other[name]),
  );
}

function compareStaged({ before, after: expected }: Goal, actual: Effect): string | undefined {
  if (expected.uncommitted === actual.uncommitted) return comparePending(expected, actual);
  if (expected.uncommitted === '') {
    const [name, ...others] = actual.uncommittedNames;
    if (name === undefined)
      return `Not committed yet: ${actual.uncommitted}. commit() writes it, and rollback() takes it back.`;
    return others.length === 0
      ? `${name} is staged but not committed: commit() writes it.`
      : `${[name, ...others].join(', ')} are staged but not committed: commit() writes them.`;
  }
  if (actual.uncommitted === '')
    return isDeepStrictEqual(actual.tables, before.tables)
      ? `Nothing is staged yet; wanted is ${expected.uncommitted}.`
      : 'That is committed already. .again starts this task anew.';
  return `Staged is ${actual.uncommitted}; wanted is ${expected.uncommitted}.`;
}

function comparePending(expected: Effect, actual: Effect): string | undefined {
  if (expected.pending === actual.pending) return undefined;
  return expected.pending === ''
    ? 'That is staged, and not written yet: flush() writes it in the open transaction.'
    : 'That is written already, in the open transaction. .again starts this task anew.';
}

/** What was made and not staged, where something is missing in the tables. */
function loose({ after, before }: Goal, actual: Effect): string[] {
  if (isSameState(after, before)) return [];
  const rowsOf = ({ tables }: Effect) => tables.reduce((sum, { rows }) => sum + rows.length, 0);
  if (rowsOf(actual) >= rowsOf(after) && after.uncommitted === actual.uncommitted) return [];
  return Object.entries(actual.variables)
    .filter(
      ([name, held]) => held.entity !== undefined && !held.isTracked && isNew(before.variables[name], held),
    )
    .map(([name, held]) => `${held.name} is not staged yet: add(${name}) stages it.`);
}

/** Whether a variable holds what has never been written, and is not as it was. */
function isNew(before: Held | undefined, held: Held): boolean {
  return !hadRow(before) && before?.text !== held.text;
}

/** What is in the session and has a key is compared by that, and not by its fields. */
function hadRow(held: Held | undefined): boolean {
  return held?.isTracked === true && held.fields === undefined;
}

function compareVariables({ before, after, needed }: Goal, { variables }: Effect): string[] {
  return [...needed].flatMap(name => {
    const wanted = after.variables[name];
    const found = variables[name];
    if (!wanted) return [];
    if (found?.entity !== undefined && !found.isTracked && wanted.isTracked && hadRow(before.variables[name]))
      return [
        `${found.name} has left the session, and later steps use ${name}. .again starts this task anew.`,
      ];
    if (wanted.text === before.variables[name]?.text || wanted.text === found?.text) return [];
    if (!found) return [`There is no variable ${name} yet, which later steps use.`];
    return [differentValue(name, wanted, found)];
  });
}

function differentValue(name: string, wanted: Held, found: Held): string {
  if (wanted.entity !== undefined && found.entity === undefined)
    return `${name} is ${found.name}, not a ${wanted.entity}.`;
  if (wanted.fields && found.fields) {
    const fields = Object.keys(wanted.fields).filter(
      field => wanted.fields?.[field] !== found.fields?.[field],
    );
    const [field] = fields;
    if (field !== undefined)
      return wanted.hidden.includes(field)
        ? `The ${field} of ${name} is another.`
        : `The ${field} of ${name} is ${found.fields[field]}, not ${wanted.fields[field]}.`;
  }
  if (wanted.fields && !wanted.isTracked && found.isTracked)
    return `${name} is staged already; here it should only exist. .again starts this task anew.`;
  return found.name === wanted.name
    ? `${name} is not the ${found.name} that is asked for.`
    : `${name} is ${found.name}, not ${wanted.name}.`;
}

function compareOutput({ after, queries }: Goal, actual: Effect): string[] {
  const { bare, output } = actual.last;
  const wanted = after.last;
  if (wanted.bare) {
    const [name, found] = [errorName(wanted.bare), bare && errorName(bare)];
    if (name === found) return [];
    return [
      found === undefined
        ? 'That did not fail; this task asks for the error.'
        : `That is another error: ${found}.`,
    ];
  }
  if (bare) return ['That failed; its message says why.'];
  if (!isDeepStrictEqual(shown(output), shown(wanted.output))) return [differentOutput(output)];
  const ran = actual.last.queries ?? 0;
  if (queries === undefined || ran <= queries) return [];
  return [`That is the answer, with ${ran} queries; ${queries} ${queries === 1 ? 'is' : 'are'} enough.`];
}

function differentOutput(output: readonly string[]): string {
  if (output.length === 0) return 'That shows nothing; show what is asked for.';
  return /^select\b/i.test(output[0] ?? '')
    ? 'That is a query that has not run: end it with what runs it, such as .all() or .first().'
    : 'That shows something else than what is asked for.';
}

/** A text counts whether it is printed or shown as a value. */
function shown(output: readonly string[]): string[] {
  return output.map(line => line.trim().replace(/^'(.*)'$/, '$1'));
}

function errorName([line = '']: readonly string[]): string {
  return /^Uncaught (\w+)/.exec(line)?.[1] ?? '';
}
