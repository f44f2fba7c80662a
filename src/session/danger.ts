import type { QueryPlan } from '../query/plan.ts';

/** What touches every row of a table, or the tables themselves. */
export interface Danger {
  readonly kind: 'dropAll' | 'update' | 'delete';
  /** The entity whose rows it would touch; absent for all. */
  readonly entity?: string;
}

/** Asked before something dangerous is done. Throws to refuse it; nothing has happened then. */
export type Confirm = (danger: Danger) => Promise<void>;

/** Whether a query is about all rows. */
export function isUnconditional({ where }: Pick<QueryPlan, 'where'>): boolean {
  return where.every(conditions => Object.keys(conditions).length === 0);
}
