/** What somebody else sees of a database, by what it is. */
export type State = Readonly<Record<string, unknown>>;

/** A database that is attacked. */
export interface Target {
  readonly url: string;
  /** The text of an attack, with what is particular to this database put in. */
  fill(sql: string): string;
  /** What somebody else sees. */
  state(): Promise<State>;
  /** Sends statements past all guards, as another program would. Those that fail are passed over. */
  attack(statements: readonly string[]): Promise<void>;
  /** Puts the database back to what it was in the beginning. */
  reset(): Promise<void>;
  drop(): Promise<void>;
}
