import { MikroscopeError } from '../errors.ts';

export function notComparable(name: string, operator: string): MikroscopeError {
  return new MikroscopeError(
    'InvalidQuery',
    `${name} cannot be compared with '${operator}': the database would compare texts`,
    'Compare in JavaScript, or with raw().',
  );
}

export function noValue(name: string): MikroscopeError {
  return new MikroscopeError(
    'InvalidValue',
    `The condition on ${name} has no value: it is undefined`,
    'null looks for rows without a value.',
  );
}

export function noList(name: string, operator: string): MikroscopeError {
  return new MikroscopeError(
    'InvalidQuery',
    `'${operator}' of ${name} takes a list`,
    `Write { ${operator}: […] }.`,
  );
}

/** MikroORM would leave out the condition. */
export function metByAll(name: string): MikroscopeError {
  return new MikroscopeError(
    'InvalidValue',
    `The condition on ${name} is empty: every row would meet it`,
    '{ $eq: … } compares the whole value of a property.',
  );
}
