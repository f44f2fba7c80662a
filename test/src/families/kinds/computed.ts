import { p } from '@mikro-orm/core';
import type { Kind } from './kind.ts';

/** Kinds of which the database, or MikroORM, computes a part. */
export const computed = {
  formula: {
    property: () => p.string(),
    besides: () => ({ upper: p.string().formula(cols => `upper(${cols.formula})`) }),
    value: n => `v${n}`,
    derived: { name: 'upper', column: 'formula', of: (raw: string) => raw.toUpperCase() },
  },
  lazyFormula: {
    property: () => p.string(),
    besides: () => ({
      lazyUpper: p
        .string()
        .formula(cols => `upper(${cols.lazyFormula})`)
        .lazy(),
    }),
    value: n => `v${n}`,
    column: () => 'lazy_formula',
    derived: { name: 'lazyUpper', column: 'lazy_formula', of: (raw: string) => raw.toUpperCase() },
  },
  preset: { property: () => p.string().default('v0'), value: n => `v${n}`, preset: true },
  counted: {
    property: () => p.string(),
    besides: () => ({ version: p.integer().version() }),
    value: n => `v${n}`,
    derived: { name: 'version', column: 'version', of: Number },
  },
  marked: {
    property: () => p.string(),
    besides: () => ({ mark: p.string().onCreate(markOf).onUpdate(markOf) }),
    value: n => `v${n}`,
    derived: { name: 'mark', column: 'marked', of: (raw: string) => `mark of ${raw}` },
  },
} satisfies Readonly<Record<string, Kind>>;

function markOf(subject: unknown): string {
  return `mark of ${(subject as { marked: string }).marked}`;
}
