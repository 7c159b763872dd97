import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root, runShell, transcript } from './run-cli.ts';

const folder = `${root}test/cli/transcripts/`;
const files = readdirSync(folder).filter((file) => file.endsWith('.txt'));

test('there are transcripts', () => {
  expect(files.length).toBeGreaterThan(0);
});

/** The first line is the command, as it is typed at the top of the repository; the rest is what comes back. */
test.each(files)('%s', async (file) => {
  const written = readFileSync(`${folder}${file}`, 'utf8');
  const command = written.split('\n')[0]?.replace(/^\$ /, '') ?? '';
  const said = await runShell(command);
  const run = transcript(command, {
    ...said,
    stdout: said.stdout.replace(/(trailproof\/\S+) \S+ node-\S+/, '$1 PLATFORM NODE'),
  });
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(`${folder}${file}`, run);
  else expect(run).toBe(written);
});
