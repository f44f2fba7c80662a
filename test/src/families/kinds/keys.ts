import { p } from '@mikro-orm/core';
import { type Kind, targetOf, toOne } from './kind.ts';

/** Kinds of keys that people choose, and change. */
export const keys = {
  code: {
    property: () => p.string().primary(),
    value: (n, targets) => `v${n} of ${targets[0]?.code}`,
    shown: n => `v${n}`,
    part: (shown: unknown) => String(shown).slice(0, 2),
    read: (raw: string) => raw.slice(0, 2),
    invalid: () => null,
    primary: true,
  },
  position: {
    property: () => p.integer().primary(),
    besides: ({ target }) => ({ where: () => p.manyToOne(target()).primary() }),
    given: ([where]) => ({ where }),
    value: n => n + 1,
    invalid: () => null,
    primary: true,
  },
  half: {
    property:
      ({ target }) =>
      () =>
        p.manyToOne(target()).primary(),
    besides: () => ({ rank: p.integer().primary() }),
    given: () => ({ rank: 1 }),
    column: targetOf('half_id'),
    primary: true,
    ...toOne,
    invalid: () => null,
  },
} satisfies Readonly<Record<string, Kind>>;
