import { transcripts } from 'mikroscope/jest';

// Every session that a document shows, on both databases.
transcripts(['README.md', 'test/transcripts/*.repl.md'], {
  databases: ['sqlite:', process.env['TEST_POSTGRES_URL'] ?? ''],
});
