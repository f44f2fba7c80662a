import { p } from '@mikro-orm/core';
import { type Kind, parsed } from './kind.ts';

/** Kinds of scalars. */
export const scalars = {
  plain: { property: () => p.string(), value: n => `v${n}`, invalid: () => ({}) },
  lazy: { property: () => p.string().lazy(), value: n => `v${n}`, invalid: () => ({}), unread: true },
  secret: {
    property: () => p.string().lazy().ref(),
    value: n => `v${n}`,
    invalid: () => ({}),
    unread: true,
  },
  json: {
    property: () => p.json<object>(),
    value: n => ({ n: [n] }),
    mutate: (value: { n: number[] }, n) => void value.n.splice(0, 1, n),
    invalid: () => ({ n: 1n }),
    read: parsed,
  },
  lazyJson: {
    property: () => p.json<object>().lazy(),
    value: n => ({ n: [n] }),
    mutate: (value: { n: number[] }, n) => void value.n.splice(0, 1, n),
    invalid: () => ({ n: 1n }),
    column: () => 'lazy_json',
    read: parsed,
    unread: true,
  },
  lazyDate: {
    property: () => p.datetime(3).lazy(),
    value: n => new Date(Date.UTC(2001, 2, 3 + n)),
    mutate: (value: Date, n) => void value.setUTCDate(3 + n),
    invalid: () => new Date(Number.NaN),
    shown: n => `2001-03-0${3 + n}T00:00:00.000Z`,
    column: () => 'lazy_date',
    read: (raw: string | number | Date) => new Date(raw).toISOString(),
    unread: true,
  },
  date: {
    property: () => p.datetime(3),
    value: n => new Date(Date.UTC(2001, 2, 3 + n, 4, 5, 6, 789)),
    mutate: (value: Date, n) => void value.setUTCDate(3 + n),
    invalid: () => new Date(Number.NaN),
    shown: n => `2001-03-0${3 + n}T04:05:06.789Z`,
    read: (raw: string | number | Date) => new Date(raw).toISOString(),
  },
  bytes: {
    property: () => p.blob(),
    value: n => Buffer.from([0, n]),
    mutate: (value: Buffer, n) => void value.writeUInt8(n, 1),
    invalid: () => 5,
    shown: n => `000${n}`,
    read: (raw: Buffer) => Buffer.from(raw).toString('hex'),
  },
  choice: { property: () => p.enum(['v0', 'v1', 'v2']), value: n => `v${n}`, invalid: () => 'v9' },
  big: {
    property: () => p.bigint(),
    value: n => 2n ** 40n + BigInt(n),
    invalid: () => 'many',
    column: () => "concat(big, '')",
    read: (raw: string) => BigInt(raw),
  },
  huge: {
    property: () => p.bigint(),
    value: n => 2n ** 60n + BigInt(n),
    invalid: () => 2n ** 64n,
    column: () => "concat(huge, '')",
    read: (raw: string) => BigInt(raw),
  },
  exact: {
    property: () => p.decimal().precision(12).scale(2),
    value: n => `${n + 1}.25`,
    invalid: () => 'many',
    read: String,
  },
} satisfies Readonly<Record<string, Kind>>;
