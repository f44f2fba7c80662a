import { MikroscopeError } from '../../../src/index.ts';
import type { TranscriptShell } from '../../transcript/run/play.ts';
import { type Effect, type LastStatement, takeEffect } from '../judge/effect.ts';
import { asksForOutput, type Goal, isSameState, judge } from '../judge/judge.ts';
import { haveSameKeys } from '../judge/table-state.ts';
import { type Lesson, type Question, type Stop, stopsOf, type Task } from '../lesson.ts';
import type { Progress } from '../progress.ts';
import { note, partsBetween, present } from './present.ts';
import type { Said } from './said.ts';
import { isFor, statementsFor, type Typed, typeIn, typeUntil } from './type-in.ts';

/** A learner's shell, whose database can be replaced. */
export interface Stage extends TranscriptShell {
  /** Replaces the database by a fresh one, and forgets all variables. */
  readonly renew: () => Promise<void>;
  /** Runs work whose output the learner does not see. */
  readonly unseen: <T>(work: () => Promise<T>) => Promise<T>;
}

/** What a learner can ask for at any time. */
export type Wish =
  | { readonly kind: 'hint' | 'skip' | 'again' | 'play' | 'back' }
  | { readonly kind: 'goto'; readonly id: string };

/** A statement that the learner typed, and what it did. */
export interface Heard {
  readonly typed: string;
  readonly last: LastStatement;
}

/** A lesson as it is played: where the learner is, and what comes next. */
export class LessonRun {
  readonly #lesson: Lesson;
  readonly #goals: ReadonlyMap<string, Goal>;
  readonly #stage: Stage;
  readonly #keep: (progress: Progress) => void;
  readonly #stops: readonly Stop[];
  #progress: Progress;
  /** How many statements of a demonstration have run. */
  #shown = 0;
  /** What was typed for the task so far. */
  #typed: string[] = [];
  #hints = 0;
  #isPlaying = false;
  #seen: Effect | undefined;

  /**
   * @param goals what the tasks ask for
   * @param progress where to begin
   * @param keep called when the learner has come further
   */
  constructor(
    lesson: Lesson,
    goals: ReadonlyMap<string, Goal>,
    stage: Stage,
    progress: Progress,
    keep: (progress: Progress) => void,
  ) {
    this.#lesson = lesson;
    this.#goals = goals;
    this.#stage = stage;
    this.#keep = keep;
    this.#stops = stopsOf(lesson).filter(stop => isFor(stage.database, stop));
    this.#progress = progress;
  }

  /** What Enter would run: the next statement of a demonstration; empty for nothing. */
  get proposal(): string {
    const stop = this.#stop;
    if (this.#isPlaying || stop?.kind !== 'demonstration') return '';
    return stop.block.steps[this.#shown]?.typed ?? '';
  }

  /** The ids of the steps, for completion. */
  get ids(): readonly string[] {
    return this.#stops.map(({ id }) => id);
  }

  /** Whether a text chooses an answer to the question, and is no statement. */
  chooses(text: string): boolean {
    return !this.#isPlaying && this.#stop?.kind === 'question' && /^\s*\d+\s*$/.test(text);
  }

  /** Begins where the learner left off. */
  async begin(): Promise<Said[]> {
    const { at, done } = this.#progress;
    const resumed = Object.keys(done).length > 0;
    const stop = this.#stops.find(({ id }) => id === at) ?? this.#stops.find(({ id }) => !(id in done));
    if (!stop) return this.#goTo(this.#stops[0]?.id);
    return [...(resumed ? [note(`Going on at #${stop.id}.`)] : []), ...(await this.#goTo(stop.id))];
  }

  /** Judges what was typed. */
  async hear(heard: readonly Heard[]): Promise<Said[]> {
    const stop = this.#stop;
    if (this.#isPlaying || !stop || heard.length === 0) return [];
    switch (stop.kind) {
      case 'demonstration':
        return this.#watched(stop, heard);
      case 'task':
        this.#typed.push(...heard.map(({ typed }) => typed));
        return this.#judged(stop, heard.at(-1)?.last ?? { output: [] });
      case 'question':
        return [];
    }
  }

  /** Takes the choice of an answer. */
  async choose(text: string): Promise<Said[]> {
    const question = this.#stop as Question;
    const choice = question.choices[Number(text) - 1];
    if (!choice) return [note(`Type a number from 1 to ${question.choices.length}.`)];
    if (choice.isRight) return [{ kind: 'right', markdown: choice.because }, ...(await this.#advance([]))];
    return [{ kind: 'wrong', markdown: choice.because || 'That is not it.' }];
  }

  /** @throws MikroscopeError `NotFound` for a step that there is not */
  async grant(wish: Wish): Promise<Said[]> {
    switch (wish.kind) {
      case 'hint':
        return [this.#hint()];
      case 'skip':
        return this.#skip();
      case 'again':
      case 'back':
        return this.#goTo(this.#stop?.id);
      case 'goto':
        return this.#goTo(this.#idOf(wish.id));
      case 'play':
        this.#isPlaying = true;
        return [note('Try what you like; nothing counts. `.back` goes back to the lesson, as it was.')];
    }
  }

  get #stop(): Stop | undefined {
    return this.#stops.find(({ id }) => id === this.#progress.at);
  }

  #idOf(asked: string): string {
    const id = asked.replace(/^#/, '');
    const stop = this.#stops.find(each => each.id === id) ?? this.#stops[Number(id) - 1];
    if (stop) return stop.id;
    throw new MikroscopeError(
      'NotFound',
      `This lesson has no step #${id}`,
      `Its steps are ${this.ids.map(each => `#${each}`).join(', ')}.`,
    );
  }

  async #watched({ block }: Extract<Stop, { block: object }>, heard: readonly Heard[]): Promise<Said[]> {
    for (const { typed, last } of heard) {
      const step = block.steps[this.#shown];
      if (step?.typed.trim() !== typed.trim()) continue;
      const isToFail = step.expected.output.some(line => line.startsWith('Uncaught '));
      if (last.bare && !isToFail)
        return [
          {
            kind: 'wrong',
            markdown: 'The lesson needs this to work. `.again` starts the step anew, as it was.',
          },
        ];
      this.#shown++;
    }
    return this.#shown < block.steps.length ? [] : this.#advance([]);
  }

  async #judged(task: Task, last: LastStatement): Promise<Said[]> {
    const goal = this.#goals.get(task.id);
    if (!goal) return this.#advance([]);
    const effect = await takeEffect(this.#stage.shell, last);
    const before = this.#seen ?? goal.before;
    this.#seen = effect;
    const reasons = judge(goal, effect);
    if (reasons.length > 0) {
      const isTold = asksForOutput(goal)
        ? last.output.length > 0 && (!last.bare || goal.after.last.bare !== undefined)
        : !last.bare && (!isSameState(before, effect) || haveOtherVariables(before, effect));
      if (goal.queries !== undefined && (last.queries ?? 0) > goal.queries) {
        // What that has loaded would make the next attempt need fewer.
        await this.#unseen(() => this.#restore(task.id));
        this.#start();
      }
      return isTold ? reasons.slice(0, 2).map(markdown => ({ kind: 'wrong', markdown })) : [];
    }
    const right = { kind: 'right', markdown: '' } as const;
    if (haveSameKeys(goal.after.tables, effect.tables)) return [right, ...(await this.#advance(this.#typed))];
    // What follows shows keys.
    const author = statementsFor(task);
    return [
      right,
      note('Your attempts have used up some keys. The lesson goes on with those that it shows.'),
      ...(await this.#advance(author, true)),
    ];
  }

  #hint(): Said {
    const stop = this.#stop;
    if (stop?.kind === 'demonstration') return note('Enter runs the line at the prompt.');
    if (stop?.kind === 'question') return note('Type the number of an answer.');
    const hint = stop?.kind === 'task' ? stop.hints[this.#hints] : undefined;
    if (hint === undefined) return note('There is no other hint. `.skip` shows how it is done.');
    this.#hints++;
    return { kind: 'note', markdown: hint };
  }

  /** Shows how a step is done, in the state in which it began. */
  async #skip(): Promise<Said[]> {
    const stop = this.#stop;
    if (!stop) return [];
    this.#isPlaying = false;
    if (stop.kind === 'question') {
      const right = stop.choices.find(({ isRight }) => isRight);
      return [note(`${right?.text ?? ''}\n\n${right?.because ?? ''}`), ...(await this.#advance([]))];
    }
    const typed = await this.#unseen(async () => {
      await this.#stage.renew();
      await typeUntil(stop.id, this.#lesson, this.#stage, this.#progress.done);
      return typeIn(statementsFor(stop), this.#stage);
    });
    return [
      ...typed.map(sayTyped),
      ...(await this.#advance(stop.kind === 'task' ? statementsFor(stop) : [])),
    ];
  }

  /** Goes on to the next step, and keeps what was typed for this one. */
  async #advance(typed: readonly string[], isAnew = false): Promise<Said[]> {
    const stop = this.#stop;
    if (!stop) return [];
    const next = this.#stops[this.#stops.indexOf(stop) + 1];
    const done = { ...this.#progress.done, [stop.id]: [...typed] };
    this.#progress = { ...this.#progress, at: next?.id, done };
    this.#keep(this.#progress);
    if (isAnew) await this.#unseen(() => this.#restore(next?.id));
    else await this.#unseen(() => this.#runSetups(stop.id, next?.id));
    this.#start();
    return this.#present(next);
  }

  /** Goes to a step, in the state that the steps before it lead to. */
  async #goTo(id: string | undefined): Promise<Said[]> {
    if (id !== this.#progress.at) {
      this.#progress = { ...this.#progress, at: id };
      this.#keep(this.#progress);
    }
    await this.#unseen(() => this.#restore(id));
    this.#start();
    return this.#present(this.#stop);
  }

  #present(stop: Stop | undefined): Said[] {
    return present(this.#lesson, this.#stops, stop);
  }

  #start(): void {
    this.#shown = 0;
    this.#typed = [];
    this.#hints = 0;
    this.#isPlaying = false;
    this.#seen = undefined;
  }

  async #restore(id: string | undefined): Promise<void> {
    await this.#stage.renew();
    await typeUntil(id, this.#lesson, this.#stage, this.#progress.done);
  }

  /** Runs what is hidden between two steps. */
  async #runSetups(after: string, before: string | undefined): Promise<void> {
    for (const part of partsBetween(this.#lesson, after, before))
      if (part.kind === 'setup' && isFor(this.#stage.database, part))
        await typeIn(statementsFor(part), this.#stage);
  }

  #unseen<T>(work: () => Promise<T>): Promise<T> {
    return this.#stage.unseen(work);
  }
}

function sayTyped({ typed, answer, printed }: Typed): Said {
  return { kind: 'typed', typed, answer, printed };
}

function haveOtherVariables({ variables: one }: Effect, { variables: other }: Effect): boolean {
  return Object.keys(other).some(name => one[name]?.text !== other[name]?.text);
}
