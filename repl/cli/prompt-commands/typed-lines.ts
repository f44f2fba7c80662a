import type { Shell } from '../../shell.ts';
import type { RecordedStep } from '../../transcript/record/mask-secrets.ts';
import { isRecorded } from '../is-recorded.ts';
import type { TypedSession } from '../recording-of.ts';

/** Keeps what is typed in a session, without what it prints. */
export class TypedLines {
  readonly #steps: RecordedStep[] = [];
  readonly #secrets = new Set<string>();
  readonly #startedAt = Date.now();

  /** Keeps what a shell is given from now on. */
  watch(shell: Shell): void {
    shell.observe({
      begins: () => undefined,
      answered: (typed, answer) => {
        if (!isRecorded(shell.read(typed), answer)) return;
        for (const value of shell.session.hidden.values) this.#secrets.add(value);
        this.#steps.push({ typed, output: [] });
      },
    });
  }

  get session(): Omit<TypedSession, 'path'> {
    return { steps: this.#steps, secrets: this.#secrets, startedAt: this.#startedAt };
  }
}
