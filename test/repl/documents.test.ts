import { globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { transcripts } from 'mikroscope/jest';

const patterns = ['*.md', 'docs/*.md'];
const documents = globSync(patterns);

// Every session that a document shows, on both databases.
transcripts([...patterns, 'docs/lessons/*.repl.md', 'test/transcripts/*.repl.md'], {
  databases: ['sqlite', 'postgresql'],
});

// The transcripts that a document shows, as files of their own.
const folder = mkdtempSync(join(tmpdir(), 'mikroscope-'));
for (const document of documents) {
  const examples = readFileSync(document, 'utf8').matchAll(/^````markdown\n(.*?)^````$/gms);
  for (const [index, [, example = '']] of [...examples].entries())
    writeFileSync(join(folder, `${basename(document, '.md')}-${index + 1}.repl.md`), example);
}
transcripts(join(folder, '*.repl.md'));
