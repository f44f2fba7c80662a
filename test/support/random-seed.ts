import { configureGlobal } from 'fast-check';

// The same random values every time, so that a failure belongs to a change; RANDOM_SEED=2 tries others.
configureGlobal({ seed: Number(process.env['RANDOM_SEED'] ?? 1) });
