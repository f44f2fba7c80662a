/** How a database refuses writes by itself, and what must not be sent for that to last. */
export interface ReadOnlyGuard {
  /** The options of a connection that is about to be opened, changed so that it refuses writes, if options can do that. */
  options(options: object, file: string): object;
  /** Sent when a connection is open. */
  readonly onConnect?: string;
  /** Sent before each statement that runs outside of a transaction, whatever the one before has set. */
  readonly beforeStatement?: string;
  /** Sent after each statement, which may have called a function that sets something. */
  readonly afterStatement?: string;
  /**
   * The statement to send in place of the given one: the database refuses writes by itself, and this refuses what would
   * make it stop doing so. @throws MikroscopeError `ReadOnly`
   */
  admit(sql: string): string;
  /**
   * A write that a read-only connection refuses because it is one, before it looks at what would be written and whether
   * the user may, and that leaves nothing behind if it is not refused.
   */
  readonly harmlessWrite: string;
}
