import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transcripts } from 'mikroscope/jest';

// Every session that a document shows, on both databases.
transcripts(['README.md', 'test/transcripts/*.repl.md'], {
  databases: ['sqlite', 'postgresql'],
});

// The transcripts that a document shows, as files of their own.
const [, example = ''] = /^````markdown\n(.*?)^````$/ms.exec(readFileSync('README.md', 'utf8')) ?? [];
const file = join(mkdtempSync(join(tmpdir(), 'mikroscope-')), 'example.repl.md');
writeFileSync(file, example);
transcripts(file);
