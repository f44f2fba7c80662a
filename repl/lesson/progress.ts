/** How far a learner has come in a lesson. Plain data. */
export interface Progress {
  /** The hash of the lesson's file. */
  readonly hash: string;
  /** The id of the step at which the lesson goes on; undefined if it has been finished. */
  readonly at: string | undefined;
  /** What was typed for each step that is done, by its id. */
  readonly done: Readonly<Record<string, readonly string[]>>;
}

export function noProgress(hash: string, first: string | undefined): Progress {
  return { hash, at: first, done: {} };
}

/** How many of the steps of a lesson are done, as a bar: `━━━━──── 4/8`. */
export function progressBar(done: number, total: number, width = 24): string {
  const filled = total === 0 ? width : Math.round((done / total) * width);
  return `${'━'.repeat(filled)}${'─'.repeat(width - filled)} ${done}/${total}`;
}
