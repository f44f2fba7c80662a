import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import stringWidth from 'string-width';
import { MikroscopeError, visible } from '../../src/index.ts';
import type { Channel } from '../render/print.ts';
import { knowsCodes } from './knows-codes.ts';
import type { Prompt } from './prompt.ts';

/** Shows what is longer than the screen in a program that turns its pages: $PAGER, or less. */
export class Pager {
  readonly #environment: Readonly<Record<string, string | undefined>>;
  #isOn = false;
  /** How many rows an answer may have without it; as many as the screen has by default. */
  pageSize: number | undefined;

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#environment = environment;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  get isThere(): boolean {
    return this.#command !== undefined && knowsCodes();
  }

  /** @throws MikroscopeError `InvalidState` if there is no such program */
  set isOn(wanted: boolean) {
    if (wanted && !this.isThere)
      throw new MikroscopeError('InvalidState', 'There is no pager', 'Install less, or name one in $PAGER.');
    this.#isOn = wanted;
  }

  /** A screen on which long texts go through the pager. */
  channel(screen: Channel, prompt: () => Prompt): Channel {
    const write = (text: string) => {
      const isShown = this.#isOn && this.#isLong(text) && prompt().lend(() => this.#show(text, screen));
      if (!isShown) screen.write(text);
    };
    return {
      get style() {
        return screen.style;
      },
      write,
    };
  }

  get #command(): string | undefined {
    const { PAGER, PATH = '' } = this.#environment;
    if (PAGER) return PAGER;
    return PATH.split(delimiter).some(folder => existsSync(join(folder, 'less'))) ? 'less' : undefined;
  }

  #isLong(text: string): boolean {
    const { rows, columns } = process.stdout;
    // The next prompt has a row, too.
    let left = this.pageSize ?? rows - 1;
    for (const line of text.split('\n')) {
      left -= Math.max(1, Math.ceil(stringWidth(line) / columns));
      if (left < 0) return true;
    }
    return false;
  }

  /** @returns whether the program has shown it */
  #show(text: string, { style }: Channel): boolean {
    const { status } = spawnSync(this.#command ?? 'less', {
      shell: true,
      input: `${visible(text, style.color)}\n`,
      stdio: ['pipe', 'inherit', 'inherit'],
      // As git does: colors are shown, and the text stays on the screen.
      env: { LESS: 'RX', ...this.#environment },
    });
    return status === 0;
  }
}
