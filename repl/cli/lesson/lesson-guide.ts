import type { LessonRun, Wish } from '../../lesson/run/lesson-run.ts';
import type { Said } from '../../lesson/run/said.ts';
import { renderSaid } from '../../lesson/prose/render-said.ts';
import { type Channel, print } from '../../render/print.ts';
import type { Guide } from '../../terminal/guide.ts';
import type { OpenStage } from './open-stage.ts';

/** Leads through a lesson at the prompt. What goes wrong is said, and the lesson goes on. */
export class LessonGuide implements Guide {
  readonly #run: LessonRun;
  readonly #stage: OpenStage;
  readonly #screen: Channel;
  readonly #takeWish: () => Wish | undefined;

  /** @param takeWish what a command has asked for since the last call */
  constructor(run: LessonRun, stage: OpenStage, screen: Channel, takeWish: () => Wish | undefined) {
    this.#run = run;
    this.#stage = stage;
    this.#screen = screen;
    this.#takeWish = takeWish;
  }

  get proposal(): string {
    return this.#run.proposal;
  }

  takes(text: string): boolean {
    return this.#run.chooses(text);
  }

  begin(): Promise<void> {
    return this.#say(() => this.#run.begin());
  }

  goOn(text: string): Promise<void> {
    const wish = this.#takeWish();
    const heard = this.#stage.takeHeard();
    if (wish) return this.#say(() => this.#run.grant(wish));
    return this.#say(() => (this.#run.chooses(text) ? this.#run.choose(text) : this.#run.hear(heard)));
  }

  async #say(saying: () => Promise<readonly Said[]>): Promise<void> {
    try {
      const said = await saying();
      if (said.length > 0) this.#screen.write(`${renderSaid(said, this.#screen.style)}\n`);
    } catch (error) {
      print({ kind: 'error', error }, { answers: this.#screen, errors: this.#screen });
      this.#screen.write('The lesson goes on: .again starts this step anew, on a fresh database.');
    }
  }
}
