import type { Actual } from '../../transcript/outcome.ts';
import type { Shell } from '../../shell.ts';
import { type Held, hold } from './held.ts';
import { nameKeys, type TableState, tableStates } from './table-state.ts';

/** What statements have led to: how their effect is compared, whatever they were. Plain data. */
export interface Effect {
  readonly tables: readonly TableState[];
  /** What is staged and not written yet, such as `1 new (User)`; empty for nothing. */
  readonly pending: string;
  /** What `commit()` would keep, written or not; empty for nothing. */
  readonly uncommitted: string;
  /** What the new objects are called that are not committed. */
  readonly uncommittedNames: readonly string[];
  readonly variables: Readonly<Record<string, Held>>;
  readonly showsSql: boolean;
  /** What the last statement did. */
  readonly last: LastStatement;
}

/** What a statement showed, and how many queries it ran; absent where they were not counted. */
export type LastStatement = Pick<Actual, 'output' | 'bare' | 'queries'>;

/** Nothing was typed. */
export const nothingTyped: LastStatement = { output: [] };

/**
 * Looks at what statements have led to. Reads the tables; nothing is written, and no object in memory changes.
 *
 * @throws MikroscopeError `DatabaseError` if the tables cannot be read
 */
export async function takeEffect({ session, scope, showsSql }: Shell, last: LastStatement): Promise<Effect> {
  const tables = await session.rows();
  const keys = nameKeys(tables);
  const held = (value: unknown) => hold(value, session, keys);
  return {
    tables: tableStates(tables, keys),
    pending: session.pending.summary,
    uncommitted: [session.uncommitted.summary, session.hasOtherWrites ? 'what SQL wrote' : '']
      .filter(text => text !== '')
      .join(', '),
    uncommittedNames: session.new.map(entity => held(entity).name),
    variables: Object.fromEntries(variablesOf(scope.bindings).map(([name, value]) => [name, held(value)])),
    showsSql,
    last,
  };
}

/** The names that lines have bound, without those whose value cannot be read. */
function variablesOf(bindings: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.keys(bindings).flatMap(name => {
    try {
      return [[name, bindings[name]]];
    } catch {
      return [];
    }
  });
}
