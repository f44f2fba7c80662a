import { inspect } from 'node:util';
import { assertProperty } from '../entity/properties.ts';
import { MikroscopeError } from '../errors.ts';
import { isPlainObject } from './conditions.ts';

/** One page of the rows of a query. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly perPage: number;
  readonly pages: number;
  readonly total: number;
  readonly hasNext: boolean;
  readonly hasPrev: boolean;
}

export interface PageOptions {
  readonly page?: number;
  readonly perPage?: number;
  /** Whether a page past the end is an error; it is empty otherwise. */
  readonly errorOut?: boolean;
}

const OPTIONS = ['page', 'perPage', 'errorOut'];

/** @throws MikroscopeError `NotFound` past the end, unless `errorOut` is false */
export async function readPage<T>(
  options: PageOptions,
  count: () => Promise<number>,
  read: (limits: { offset: number; limit: number }) => Promise<T[]>,
): Promise<Page<T>> {
  const given: unknown = options;
  if (!isPlainObject(given)) {
    throw new MikroscopeError(
      'BadArgument',
      `paginate() takes an object, and got ${inspect(given, { depth: 0 })}`,
      'Write paginate({ page: 2, perPage: 20 }).',
    );
  }
  for (const name of Object.keys(given)) assertProperty('paginate()', name, OPTIONS);
  const page = wholeNumber('paginate', options.page ?? 1, 1);
  const perPage = wholeNumber('paginate', options.perPage ?? 20, 1);
  const total = await count();
  const offset = (page - 1) * perPage;
  const items = offset < total ? await read({ offset, limit: perPage }) : [];
  const pages = Math.ceil(total / perPage);
  if (items.length === 0 && page > 1 && (options.errorOut ?? true)) {
    throw new MikroscopeError(
      'NotFound',
      `There is no page ${page}; there ${pages === 1 ? 'is 1 page' : `are ${pages} pages`}`,
    );
  }
  return { items, page, perPage, pages, total, hasNext: page < pages, hasPrev: page > 1 };
}

/** @throws MikroscopeError `BadArgument` for anything else */
export function wholeNumber(method: string, value: number, least = 0): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new MikroscopeError(
    'BadArgument',
    `${method}() takes a whole number from ${least} on, and got ${inspect(value)}`,
  );
}
