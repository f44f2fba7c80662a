import type { EntityMetadata } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';

/** Whether the rows of a class are those of a view, or computed. */
export function isView({ view, virtual }: EntityMetadata): boolean {
  return view === true || virtual === true;
}

/** @throws MikroscopeError `BadArgument` for such a class: MikroORM would write some of it, and drop the rest without a word */
export function assertNoView(meta: EntityMetadata): void {
  const { className } = meta;
  if (!isView(meta)) return;
  throw new MikroscopeError(
    'BadArgument',
    `${className} is a view, and is only read`,
    'Change what it shows.',
  );
}
