import type { Session, SqlEntry } from '../../src/index.ts';
import type { Answer } from '../answer/answer.ts';

/** `.sql on` and `.sql off`: whether every answer begins with the statements that ran for it. */
export class SqlEcho {
  readonly #of: { readonly session: Session };
  #on = false;

  constructor(of: { readonly session: Session }) {
    this.#of = of;
  }

  /** @param argument `on` or `off` */
  run(argument: string): Answer {
    if (argument !== 'on' && argument !== 'off')
      return { kind: 'error', error: new SyntaxError('Write .sql on or .sql off.') };
    this.#on = argument === 'on';
    return { kind: 'nothing' };
  }

  /** Adds the SQL to an answer, if it is wanted. */
  async listen(answer: () => Promise<Answer>): Promise<Answer> {
    if (!this.#on) return answer();
    const ran: SqlEntry[] = [];
    const stop = this.#of.session.sql.subscribe(entry => ran.push(entry));
    try {
      const answered = await answer();
      return { ...answered, sql: ran.map(({ sql }) => sql) };
    } finally {
      stop();
    }
  }
}
