import type { DatabaseName } from '../transcript.ts';
import type { Draft } from './draft.ts';

/** @returns the text of a transcript, with a hidden block first that creates the tables where that is needed */
export function writeRecording(
  path: string,
  database: DatabaseName,
  drafts: readonly Draft[],
  createsTables: boolean,
): string {
  const title = (path.split(/[\\/]/).at(-1) ?? path).replace(/(\.repl)?\.md$/, '');
  const lines = drafts.flatMap(({ typed, expected }) => [
    ...typed.split('\n').map((line, index) => `${index === 0 ? '> ' : '... '}${line}`.trimEnd()),
    ...expected,
  ]);
  const backticks = lines.map(line => /^\s*(`{3,})/.exec(line)?.[1]?.length ?? 0);
  const fence = '`'.repeat(Math.max(3, ...backticks.map(count => count + 1)));
  return [
    '---',
    `title: ${JSON.stringify(title)}`,
    `databases: [${database}]`,
    '---',
    '',
    `# ${title}`,
    '',
    ...(createsTables ? ['<!-- repl setup', '> createAll()', '-->', ''] : []),
    `${fence}repl`,
    ...lines,
    fence,
    '',
  ].join('\n');
}
