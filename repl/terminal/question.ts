import type { KeyEvent } from '../editor/keys/key-event.ts';

/** A question at the terminal, which takes the keys until it is answered. */
export class Question {
  /** What was typed; undefined after Ctrl-C or Ctrl-D. */
  readonly answer: Promise<string | undefined>;
  readonly #resolve: (answer: string | undefined) => void;
  readonly #echoes: boolean;
  #typed = '';
  #isOpen = true;

  /** @param echoes whether what is typed is to be shown: the terminal may do that itself */
  constructor(question: string, echoes: boolean) {
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    this.answer = promise;
    this.#resolve = resolve;
    this.#echoes = echoes;
    process.stdout.write(question);
  }

  /** Whether it has not been answered yet. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Takes a key; Enter, Ctrl-C and Ctrl-D end the answer. @returns what was pasted behind it */
  take(event: KeyEvent): readonly KeyEvent[] {
    if (event.kind === 'paste') return this.#paste(event.text);
    if (event.kind === 'text') this.#type(event.text);
    else if (/^(?:enter|C-[jcd])$/.test(event.key))
      this.#end(/^C-[cd]$/.test(event.key) ? undefined : this.#typed);
    else if (event.key === 'backspace' || event.key === 'C-h') this.#delete();
    return [];
  }

  #type(text: string): void {
    this.#typed += text;
    this.#echo(text);
  }

  /** Of lines that came at once, the first one is the answer. */
  #paste(text: string): readonly KeyEvent[] {
    const [answer = '', ...others] = text.split('\n');
    this.#type(answer);
    if (others.length === 0) return [];
    this.#end(this.#typed);
    const rest = others.join('\n');
    return rest === '' ? [] : [{ kind: 'paste', text: rest }];
  }

  #delete(): void {
    if (this.#typed !== '') this.#echo('\b \b');
    this.#typed = this.#typed.slice(0, -1);
  }

  #end(answer: string | undefined): void {
    this.#isOpen = false;
    this.#echo('\n');
    this.#resolve(answer);
  }

  #echo(text: string): void {
    if (this.#echoes) process.stdout.write(text);
  }
}
