import { computed } from './kinds/computed.ts';
import { embedded } from './kinds/embedded.ts';
import { keys } from './kinds/keys.ts';
import type { Kind } from './kinds/kind.ts';
import { relations } from './kinds/relations.ts';
import { scalars } from './kinds/scalars.ts';

/** All kinds by the names of their properties. */
export const kinds: Readonly<Record<string, Kind>> = {
  ...scalars,
  ...computed,
  ...embedded,
  ...relations,
  ...keys,
};
