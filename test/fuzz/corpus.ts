import { globSync, readFileSync } from 'node:fs';

/** What leaves, ends the process, or reaches beyond it. */
const LEAVES = /\b(?:exit|process|import|require|while|do|setInterval|fetch)\b|for \(;/;

/** The statements that the documents and the transcripts of the repository show, once each, of several lines as one. */
export function corpus(): readonly string[] {
  const found = new Set<string>();
  for (const file of globSync(['*.md', 'docs/*.md', 'test/transcripts/*.md'])) {
    for (const [, block = ''] of readFileSync(file, 'utf8').matchAll(/^```repl[^\n]*\n(.*?)^```$/gms))
      for (const [, first = '', rest = ''] of block.matchAll(/^> (.*)\n((?:\.\.\. ?.*\n)*)/gm))
        found.add([first, ...rest.split('\n').map(line => line.replace(/^\.\.\. ?/, ''))].join('\n').trim());
  }
  return [...found].filter(text => text !== '' && !LEAVES.test(text));
}
