import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from './source-files.ts';

const golden = `${root}test/house/package-contents.txt`;

/** Chunks, named after what the bundler put into them, count as one; so do the rules, which come and go. */
function contents(): string {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }]: readonly [{ readonly files: readonly { readonly path: string }[] }] = JSON.parse(output);
  const paths = files.map(({ path }) =>
    path
      .replace(/^dist\/chunks\/.*\.js$/, 'dist/chunks/*.js')
      .replace(/^rules\/[a-z-]+\/[a-z0-9-]+\.yaml$/, 'rules/<family>/*.yaml'),
  );
  return `${[...new Set(paths)].toSorted().join('\n')}\n`;
}

test('the package holds what users need and nothing else; UPDATE_GOLDEN=1 writes the list anew', () => {
  const now = contents();
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, now);
  expect(now).toBe(readFileSync(golden, 'utf8'));
});
