/** Somebody who leads through a session at the prompt, as a lesson does. */
export interface Guide {
  /** What stands at the prompt, ready to run; empty for nothing. */
  readonly proposal: string;
  /** What leads to the first prompt. */
  readonly begin: () => Promise<void>;
  /** Whether a text is for the guide, and does not run. */
  readonly takes: (text: string) => boolean;
  /** Goes on after what was typed has been answered, or was taken. */
  readonly goOn: (text: string) => Promise<void>;
}
