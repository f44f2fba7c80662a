import type { EntityMetadata } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';

/** @throws MikroscopeError `BadArgument` for a class whose rows are those of a view, or computed: MikroORM writes some of it */
export function assertNoView({ className, view, virtual }: EntityMetadata): void {
  if (!view && !virtual) return;
  throw new MikroscopeError(
    'BadArgument',
    `${className} is a view, and is only read`,
    'Change what it shows.',
  );
}
