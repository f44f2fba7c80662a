import { inspect } from 'node:util';
import { assertProperty } from '../entity/properties.ts';
import { MikroscopeError } from '../errors.ts';
import { isPlainObject } from '../entity/properties.ts';

/** One page of the rows of a query; the names are those of Flask-SQLAlchemy's `Pagination`. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Its number; the first page is 1. */
  readonly page: number;
  /** How many rows a full page has. */
  readonly perPage: number;
  /** How many pages there are; 0 if there are no rows. */
  readonly pages: number;
  /** How many rows there are on all pages. */
  readonly total: number;
  readonly hasNext: boolean;
  readonly hasPrev: boolean;
}

export interface PageOptions {
  /** From 1 on; 1 by default. */
  readonly page?: number;
  /** 20 by default. */
  readonly perPage?: number;
  /** Whether a page past the last is an error, which is the default; otherwise it is empty. */
  readonly errorOut?: boolean;
}

const OPTIONS = ['page', 'perPage', 'errorOut'];

/** @throws MikroscopeError `NotFound` past the last page, unless `errorOut` is false */
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
    `${method}() takes a whole number of at least ${least}, and got ${inspect(value)}`,
  );
}
