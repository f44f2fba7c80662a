import stringWidth from 'string-width';

/** A character as the screen shows it. */
export interface Shown {
  readonly text: string;
  readonly width: number;
  /** Whether terminals disagree about its width. */
  readonly isUncertain: boolean;
}

/** What has no glyph of its own, or turns the line around: written as JavaScript does, so that it is seen. */
const hidden = /^[\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\p{Cs}\p{Co}\p{Cn}]/u;
/** Scripts of which each code is a column or two everywhere. */
const settled =
  /^[\u00A0-\u02FF\u0370-\u0482\u048A-\u052F\u2010-\u2027\u2030-\u205E\u2190-\u21FF\u2500-\u25FC\u3001-\u30FF\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF60]$/;

const known = new Map<string, Shown>();

/** How a character other than a tab is shown: a control as `^X`. */
export function shownOf(cluster: string): Shown {
  const found = known.get(cluster);
  if (found) return found;
  const shown = computed(cluster);
  // Few are used again and again; any number may pass by once.
  if (known.size > 5000) known.clear();
  known.set(cluster, shown);
  return shown;
}

function computed(cluster: string): Shown {
  const code = cluster.codePointAt(0) ?? 0;
  if (code < 32 || code === 127) return plain(`^${String.fromCharCode(code ^ 64)}`);
  if (code < 127 && cluster.length === 1) return plain(cluster);
  const width = stringWidth(cluster);
  if (hidden.test(cluster) || width === 0) return plain(cluster.replaceAll(/[^ -~]/gu, escaped));
  return { text: cluster, width, isUncertain: !settled.test(cluster) };
}

function plain(text: string): Shown {
  return { text, width: text.length, isUncertain: false };
}

function escaped(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}
