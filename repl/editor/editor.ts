import { effectOf } from './bindings/effects.ts';
import { emacs } from './bindings/emacs.ts';
import { isPrefix, withPrefix } from './bindings/prefixes.ts';
import { takesSuggestion } from './bindings/suggestion-keys.ts';
import { inserted, typed } from './edit/changes.ts';
import { editing, type EditState, replace } from './edit/edit-state.ts';
import { down, isInFirstLine, isInLastLine, up } from './edit/moves.ts';
import { newLine, typedBracket } from './edit/new-line.ts';
import type { Effect, Language, View } from './effect.ts';
import { HistoryKeys } from './history/history-keys.ts';
import type { KeyEvent } from './keys/key-event.ts';
import { type Candidate, type Menu, offered } from './menu.ts';
import { menuKey } from './menu-keys.ts';
import { viKey } from './vi/vi.ts';
import { onCharacter, startVi, type Vi } from './vi/vi-state.ts';
import { withoutPrompts } from './without-prompts.ts';

/** How an editor behaves. */
export interface EditorOptions {
  readonly language: Language;
  /** The statements of the history, oldest first. */
  readonly history?: readonly string[];
  readonly keys?: 'emacs' | 'vi';
}

/** What keys did: at most one of them wants something, and those after it are to be given again when it is done. */
export interface Fed {
  readonly effect: Effect | undefined;
  readonly rest: readonly KeyEvent[];
}

/** A text that is edited key by key. It knows no terminal and no clock: keys go in, and what is to be seen comes out. */
export class Editor {
  readonly #language: Language;
  readonly #history: HistoryKeys;
  #state = editing('');
  #menu: Menu | undefined;
  #vi: Vi | undefined;
  #prefix = '';

  constructor({ language, history = [], keys = 'emacs' }: EditorOptions) {
    this.#language = language;
    this.#history = new HistoryKeys(history);
    this.#vi = keys === 'vi' ? startVi : undefined;
  }

  get text(): string {
    return this.#state.text;
  }

  get cursor(): number {
    return this.#state.cursor;
  }

  get view(): View {
    const { text, cursor } = this.#state;
    const { search } = this.#history;
    const isWalking = this.#history.isAt(this.#state);
    const isAtEnd = cursor === text.length && !this.#menu && !search && !isWalking && !this.#isInNormalMode;
    return {
      text,
      cursor,
      suggestion: isAtEnd ? this.#history.suggestionFor(text) : '',
      menu: this.#menu,
      search,
      viMode: this.#vi?.mode,
    };
  }

  /** Takes keys until one of them wants something that the editor cannot do. */
  feed(events: readonly KeyEvent[]): Fed {
    for (const [index, event] of events.entries()) {
      const effect = event.kind === 'text' ? this.#takeText(event.text) : this.#take(event);
      if (effect) return { effect, rest: events.slice(index + 1) };
    }
    return { effect: undefined, rest: [] };
  }

  /** Shows candidates below the text, as an answer to the effect `complete`; a single one is taken. */
  offer(candidates: readonly Candidate[]): void {
    const { state, menu } = offered(this.#state, candidates);
    this.#state = state;
    this.#menu = menu;
  }

  /** Drops what is typed. What was killed stays. */
  clear(): void {
    this.#reset(editing('', 0, this.#state.kills));
  }

  /** Puts statements back that were to be run, before what has been typed since. */
  putBack(text: string): void {
    const since = this.#state.text;
    this.#reset(editing(since === '' ? text : `${text}\n${since}`, undefined, this.#state.kills));
  }

  /** Replaces the text; that can be undone. */
  replaceText(text: string): void {
    this.#reset(replace(this.#state, 0, this.#state.text.length, text));
  }

  /** Adds a statement to the history. */
  remember(statement: string): void {
    this.#history.add(statement);
  }

  #reset(state: EditState): void {
    this.#state = state;
    this.#history.leave();
    this.#menu = undefined;
    this.#prefix = '';
    if (this.#vi) this.#vi = { ...this.#vi, mode: 'insert', keys: '', inserting: undefined };
  }

  get #isInNormalMode(): boolean {
    return this.#vi?.mode === 'normal';
  }

  /** In the normal mode of vi, each character is a command or a part of one. */
  #takeText(text: string): Effect | undefined {
    let rest = text;
    while (this.#isInNormalMode && rest.length > 1) {
      const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
      this.#take({ kind: 'text', text: character });
      rest = rest.slice(character.length);
    }
    return rest === '' ? undefined : this.#take({ kind: 'text', text: rest });
  }

  #take(event: KeyEvent): Effect | undefined {
    if (event.kind === 'key' && event.key === 'C-c') return { kind: 'interrupt' };
    if (this.#takeInSearch(event)) return undefined;
    if (this.#menu && this.#takeInMenu(this.#menu, event)) return undefined;
    if (event.kind === 'paste') return this.#paste(event.text);
    const own = this.#vi && this.#prefix === '' ? this.#takeInVi(this.#vi, event) : event;
    const effect = own && (own.kind === 'key' ? this.#press(own.key) : this.#type(own.text));
    if (this.#isInNormalMode) this.#state = onCharacter(this.#state);
    return effect;
  }

  #takeInSearch(event: KeyEvent): boolean {
    const next = this.#history.take(event);
    if (next) this.#state = next.state;
    return next?.isTaken ?? false;
  }

  #takeInMenu(menu: Menu, event: KeyEvent): boolean {
    const next = menuKey(menu, event);
    this.#menu = next.menu;
    this.#state = next.state;
    return next.isTaken;
  }

  /** @returns the key that is left for the editor itself */
  #takeInVi(vi: Vi, event: KeyEvent): KeyEvent | undefined {
    const next = viKey(vi, this.#state, event);
    if (!next) return event;
    this.#vi = next.vi;
    this.#state = next.state;
    return next.event;
  }

  #type(text: string): Effect | undefined {
    const [first = '', ...others] = text;
    if (this.#prefix === 'escape' && this.#operationOf(`M-${first}`) !== undefined) {
      const effect = this.#press(`M-${first}`, '');
      return effect ?? (others.length > 0 ? this.#type(others.join('')) : undefined);
    }
    this.#prefix = '';
    this.#state = /^[)\]}]$/.test(text) ? typedBracket(this.#state, text) : typed(this.#state, text);
    return undefined;
  }

  /** A text that came at once is run if it is complete and its last line is ended. */
  #paste(pasted: string): Effect | undefined {
    const isForeign = this.#language.isForeign?.(pasted) === true;
    const text = this.text === '' && !isForeign ? withoutPrompts(pasted, this.#language.isCode) : pasted;
    const isEnded = text.endsWith('\n') && this.cursor === this.text.length;
    this.#state = inserted(this.#state, isEnded ? text.replace(/\n+$/, '') : text);
    return isEnded ? this.#run(() => inserted(this.#state, '\n')) : undefined;
  }

  #press(name: string, prefix = this.#prefix): Effect | undefined {
    this.#prefix = '';
    const key = withPrefix(prefix, name);
    if (isPrefix(key)) {
      this.#prefix = key;
      return undefined;
    }
    const operation = this.#operationOf(key);
    // Escape is Meta only where that means something: it is also pressed to get rid of something.
    if (operation === undefined && prefix === 'escape') return this.#press(name, '');
    if (typeof operation !== 'function') return operation;
    this.#state = operation(this.#state);
    return undefined;
  }

  #operationOf(key: string): Effect | ((state: EditState) => EditState) | undefined {
    return this.#ofMoreThanText(key) ?? emacs.get(key);
  }

  /** What a key does that concerns the history or the world. @returns undefined for one that concerns the text alone */
  #ofMoreThanText(key: string): Effect | ((state: EditState) => EditState) | undefined {
    const older = (state: EditState) => this.#history.walk(state, -1);
    const newer = (state: EditState) => this.#history.walk(state, 1);
    switch (key) {
      case 'enter':
        return this.#run(() => newLine(this.#state)) ?? (state => state);
      case 'up':
      case 'C-p':
        return isInFirstLine(this.#state) ? older : up;
      case 'down':
      case 'C-n':
        return isInLastLine(this.#state) ? newer : down;
      case 'pageup':
      case 'M-p':
        return older;
      case 'pagedown':
      case 'M-n':
        return newer;
      case 'C-r':
      case 'C-s':
        this.#history.startSearch(this.#state, key === 'C-r' ? -1 : 1);
        return state => state;
      default:
        return effectOf(key, this.#state) ?? takesSuggestion(key, this.view.suggestion);
    }
  }

  #run(makeLine: () => EditState): Effect | undefined {
    const { text } = this.#state;
    const statements = this.#language.read(text);
    if (statements === undefined) {
      this.#state = makeLine();
      return undefined;
    }
    this.clear();
    return { kind: 'run', text, statements };
  }
}
