import { failureOf } from './failures.ts';
import { jsonPart, jsonPartIs } from './json-part.ts';
import { losesRows } from './loses-rows.ts';
import { violationOf } from './violations.ts';

/** What PostgreSQL and PGlite share. */
export const postgresFamily = {
  family: 'postgresql',
  commitsAtDdl: false,
  assignsInTurn: false,
  upsertsByDuplicateKey: false,
  offsetNeedsLimit: false,
  values: {
    integersHave64Bits: false,
    takesNul: false,
    decimalsAreExact: true,
    comparesContents: true,
    matchesPatterns: true,
    years: [1, 9999],
    lastHour: 24,
  },
  jsonPart,
  jsonPartIs,
  losesRows,
  failureOf,
  violationOf,
} as const;

/** Makes all transactions to come read-only. */
export const READ_ONLY = 'set session characteristics as transaction read only';

/** What their read-only guards share. */
export const postgresReadOnly = {
  // Only a superuser may write there, and others are told so only where writing is allowed at all.
  harmlessWrite: 'with gone as (delete from pg_catalog.pg_class where false returning 1) select 1 from gone',
} as const;
