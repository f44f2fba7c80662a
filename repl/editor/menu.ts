import { type EditState, replace } from './edit/edit-state.ts';

/** What could be typed, and the part of the text that it replaces. */
export interface Candidate {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** What it is, such as `property`. */
  readonly kind?: string;
  /** Its type, such as `string`. */
  readonly type?: string;
}

/** Candidates below the text. The text is shown with the one that is selected. */
export interface Menu {
  readonly candidates: readonly Candidate[];
  /** Undefined for none. */
  readonly selected: number | undefined;
  /** The text as it was typed. */
  readonly before: EditState;
}

/** What completing leads to: a candidate that is alone is taken, what all have in common is typed. */
export function offered(
  state: EditState,
  candidates: readonly Candidate[],
): { readonly state: EditState; readonly menu?: Menu } {
  const [first, ...others] = candidates;
  if (!first) return { state };
  if (others.length === 0) return { state: taken(state, first) };
  const common = commonCandidate(state, candidates);
  const before = common ? taken(state, common) : state;
  const moved = common ? candidates.map(each => ({ ...each, to: before.cursor })) : candidates;
  return { state: before, menu: { candidates: moved, selected: undefined, before } };
}

/** Selects the next candidate, or one before, round about. */
export function selected(menu: Menu, step: number): Menu {
  const { candidates, selected: current } = menu;
  const from = current ?? (step > 0 ? -1 : 0);
  const index = (from + step + candidates.length * Math.abs(step)) % candidates.length;
  return { ...menu, selected: index };
}

/** The text with the selected candidate. */
export function stateOf({ candidates, selected: index, before }: Menu): EditState {
  const candidate = index === undefined ? undefined : candidates[index];
  return candidate ? taken(before, candidate) : before;
}

function taken(state: EditState, { from, to, text }: Candidate): EditState {
  return state.text.slice(from, to) === text && state.cursor === to ? state : replace(state, from, to, text);
}

/** What all candidates start with, if that is more than what is typed. */
function commonCandidate(
  { text, cursor }: EditState,
  candidates: readonly Candidate[],
): Candidate | undefined {
  const [first, ...others] = candidates;
  if (!first || first.to !== cursor || others.some(({ from, to }) => from !== first.from || to !== first.to))
    return undefined;
  let common = first.text;
  for (const each of others) while (!each.text.startsWith(common)) common = common.slice(0, -1);
  const typed = text.slice(first.from, first.to);
  return common.length > typed.length && common.startsWith(typed) ? { ...first, text: common } : undefined;
}
