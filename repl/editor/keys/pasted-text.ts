/** Codes of a terminal, as those of colors in a text that was copied with them. */
const codes = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|.)/g;
/** Controls but for new lines and tabs. */
const controls = /[\0-\u0008\u000B-\u001F\u007F-\u009F]/g;

/** What a paste contains: lines end in `\n`, tabs stay, and what a terminal would obey is left out. */
export function pastedText(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(codes, '').replaceAll(controls, '');
}
