// Plain CommonJS, so that jest loads it in whatever way it loads a project; what it does is outside of jest's sandbox.
const { createRequire } = process.getBuiltinModule('node:module');
const { defineTranscripts } = createRequire(__filename)(
  __filename.endsWith('.cts') ? './define.ts' : './define.js',
);

exports.transcripts = function transcripts() {
  const api = 'describe' in globalThis ? globalThis : require('@jest/globals');
  defineTranscripts(api, ...arguments);
};
