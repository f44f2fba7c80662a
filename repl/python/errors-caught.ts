import { Refusal } from './refusal.ts';
import type { PyNode } from './tree.ts';

/** What SQLAlchemy's errors are called here. */
const names: Readonly<Record<string, readonly string[]>> = {
  IntegrityError: ['UniqueViolation', 'MissingValue', 'ForeignKeyViolation', 'CheckViolation'],
  NoResultFound: ['NotFound'],
  MultipleResultsFound: ['MultipleRows'],
  StaleDataError: ['StaleRow'],
};

/** The condition on which an `except` takes an error; undefined if it takes every one. @throws Refusal */
export function caughtBy(type: PyNode | undefined, variable: string): string | undefined {
  if (!type) return undefined;
  const types =
    type.type === 'TupleExpression'
      ? type.children.filter(({ type: kind }) => !/^[(),]$/.test(kind))
      : [type];
  const taken = types.map(({ text }) => text.split('.').at(-1) ?? '');
  if (taken.some(name => name === 'Exception' || name === 'BaseException')) return undefined;
  const codes = taken.flatMap(name => {
    const found = names[name];
    if (found) return found;
    throw new Refusal(
      `${name} has no counterpart: JavaScript fails elsewhere and otherwise`,
      "catch (error) { if (error.name !== '…') throw error }",
    );
  });
  const [only] = codes;
  return codes.length === 1
    ? `${variable}.name === '${only}'`
    : `[${codes.map(each => `'${each}'`).join(', ')}].includes(${variable}.name)`;
}
