import { MikroscopeError } from '../errors.ts';
import type { Layer, Statement } from '../mikro-orm/interceptor.ts';
import type { FileGuard } from './file-guard.ts';

/**
 * Refuses to go on with a database whose file was moved or deleted since it was opened. SQLite would answer from what
 * nobody else can open any more, and what it says to have committed would be gone with the process.
 */
export class LostFile implements Layer {
  readonly #file: FileGuard;
  #isOpen = false;

  constructor(file: FileGuard) {
    this.#file = file;
  }

  connect(): Promise<void> {
    this.#isOpen = true;
    return Promise.resolve();
  }

  disconnect(): Promise<void> {
    this.#isOpen = false;
    return Promise.resolve();
  }

  /** Before a statement, or a transaction. @throws MikroscopeError `ConnectionLost` */
  acquire(): void {
    if (!this.#isOpen || this.#file.isThere()) return;
    throw new MikroscopeError(
      'ConnectionLost',
      `The file '${this.#file.name}' was moved or deleted since it was opened`,
      'Nothing staged is lost: put it back, or session.disconnect() and createAll() make a new one.',
    );
  }

  /** @throws MikroscopeError `ConnectionLost` in the place of a COMMIT, after which the transaction is rolled back */
  admit({ sql, isDriverOwn }: Statement): undefined {
    if (isDriverOwn && /^commit/i.test(sql)) this.acquire();
  }
}
