import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeReport, Session } from '../../src/index.ts';

/** What a cancellation needs of a session. */
type CancellableSession = Pick<
  Session,
  | 'cancel'
  | 'committedWrites'
  | 'cutOff'
  | 'directWrites'
  | 'hold'
  | 'inTransaction'
  | 'isServerBusy'
  | 'lastCommit'
  | 'uncommitted'
>;

/** How long to wait for the server before it is asked again: a request that arrives between two statements cancels none. */
const againMs = 500;

/** How long a server still has to answer once the user has had enough, in ms: keys that are hit twice come at once. */
const graceMs = 300;

/** How long a request to cancel may be on its way, in ms, once the user has given up. */
const arrivesMs = 1000;

/** How often it is seen that the server runs nothing, until the statement waits for something else and is left. */
const quietTimes = 2;

/** What was so when a statement began: whether a transaction was open, and how often something had been committed. */
export type Began = Pick<Session, 'inTransaction' | 'committedWrites'>;

/** The end of a statement for which a server runs something: it is cancelled there, and says how that ended. */
export class Cancellation {
  readonly #session: CancellableSession;
  readonly #began: Began;
  readonly #lastCommit: ChangeReport | undefined;
  /** How often something had been committed when it was asked for. */
  readonly #committedBefore: number;
  /** What cannot be staged again. */
  readonly #directWrites: string;
  /** Whether the transaction is open that was open when the statement began. */
  readonly #isInFirst: boolean;
  readonly #over = new AbortController();
  readonly #asked: Promise<void>;
  readonly #release: () => boolean;
  readonly #stopWaiting: () => void;
  /** What the server was sent last. */
  #request: Promise<void> = Promise.resolve();
  #isCutOff: Promise<void> | undefined;
  #isCancelled = false;
  /** Whether the user has had enough. */
  #isHurried = false;
  #isGivenUp = false;
  #failure = '';

  /**
   * @param stopWaiting called where the server cannot be asked, runs nothing any more or does not answer, so that nothing is
   *   waited for
   */
  constructor(session: CancellableSession, began: Began, stopWaiting: () => void) {
    this.#session = session;
    this.#began = began;
    this.#lastCommit = session.lastCommit;
    this.#committedBefore = session.committedWrites;
    this.#directWrites = session.directWrites;
    this.#isInFirst = began.inTransaction && session.inTransaction && !this.#hasCommitted;
    this.#stopWaiting = stopWaiting;
    this.#release = session.hold();
    this.#asked = this.#ask();
  }

  /** Waits for the server a moment longer, and no more. */
  hurry(): void {
    if (this.#isHurried) return;
    this.#isHurried = true;
    void sleep(graceMs, undefined, { signal: this.#over.signal }).then(
      () => this.#giveUp(),
      () => undefined,
    );
  }

  /**
   * Called when the statement has ended.
   *
   * @returns whether that was because of this, and what became of what it wrote
   */
  async end(): Promise<{ readonly isCancelled: boolean; readonly verdict: string }> {
    this.#over.abort();
    await (this.#isCutOff ?? this.#asked);
    this.#isCancelled = this.#release() || this.#isCancelled;
    return { isCancelled: this.#isCancelled, verdict: this.#verdict() };
  }

  /**
   * Without an answer, whatever comes next would wait for the server, too. A request that is on its way arrives first: a
   * statement that waits for a lock does not notice that nobody listens any more.
   */
  #giveUp(): void {
    this.#isGivenUp = true;
    this.#over.abort();
    this.#isCutOff ??= Promise.race([this.#request, sleep(arrivesMs)]).then(() => this.#session.cutOff());
    this.#stopWaiting();
  }

  async #ask(): Promise<void> {
    const { signal } = this.#over;
    try {
      for (let quiet = 0; !signal.aborted && quiet < quietTimes;) {
        const cancelled = this.#session.cancel().then(isCancelled => (this.#isCancelled ||= isCancelled));
        // What fails when it is no longer waited for is an error of nobody.
        this.#request = cancelled.then(
          () => undefined,
          () => undefined,
        );
        await Promise.race([cancelled, sleep(againMs)]);
        if (!signal.aborted) await sleep(againMs, undefined, { signal }).catch(() => undefined);
        quiet = this.#session.isServerBusy ? 0 : quiet + 1;
      }
      if (!signal.aborted) this.#stopWaiting();
    } catch (error) {
      if (this.#isGivenUp) return;
      this.#failure = error instanceof Error ? error.message : String(error);
      this.#giveUp();
    }
  }

  #verdict(): string {
    const { lastCommit, inTransaction } = this.#session;
    if (this.#failure !== '')
      return `The server cannot be asked to cancel it (${this.#failure}): what it writes may still arrive.${this.#lostUnlessWritten}`;
    if (this.#isGivenUp)
      return `The server was asked to cancel it, and has not answered: what it writes may still arrive.${this.#lostUnlessWritten}`;
    if (lastCommit !== this.#lastCommit) return `It was too late to cancel: ${String(lastCommit)}.`;
    if (!this.#isCancelled) return this.#endedQuietly();
    if (inTransaction) return 'Cancelled on the server; the transaction goes on.';
    if (this.#directWrites !== '')
      return `Cancelled on the server; the transaction was rolled back. Lost, as it cannot be staged again: ${this.#directWrites}. What is staged is not lost.`;
    if (this.#isInFirst)
      return 'Cancelled on the server; the transaction was rolled back, and what it wrote is staged again.';
    return `Cancelled on the server: ${this.#hasCommitted ? onlyCommitted : 'it wrote nothing'}${this.#staged}.`;
  }

  /**
   * Of what ended without an error. That may have been done, or be cut short: MariaDB ends so where it sleeps, measures or
   * waits for a lock that has a name, and a procedure may handle the end of what it calls. Nor is it known here what the
   * functions wrote that a query calls.
   */
  #endedQuietly(): string {
    const ended = 'The server was asked to cancel it, and ended it without an error';
    const { inTransaction, committedWrites } = this.#session;
    if (committedWrites !== this.#committedBefore)
      return `${ended}: what it wrote until then is written${this.#staged}.`;
    if (inTransaction) return `${ended}: what it wrote until then is in the transaction, which goes on.`;
    return `${ended}: ${this.#hasCommitted ? onlyCommitted : 'it wrote nothing itself'}${this.#staged}.`;
  }

  /** What went with the transaction whose connection was cut, as another sentence. */
  get #lostUnlessWritten(): string {
    if (!this.#isInFirst || this.#directWrites === '') return '';
    return ` If it does not, this is lost, as it cannot be staged again: ${this.#directWrites}.`;
  }

  /** What is still staged, as the end of a sentence. */
  get #staged(): string {
    if (this.#session.uncommitted.summary === '') return '';
    return `, and ${this.#hasCommitted ? 'the rest' : 'everything'} is still staged`;
  }

  /** Whether the statement has committed something, whatever sent that. */
  get #hasCommitted(): boolean {
    return this.#session.committedWrites !== this.#began.committedWrites;
  }
}

const onlyCommitted = 'nothing is written but what it had committed';
