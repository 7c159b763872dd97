import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { argv, env, exit, stderr } from 'node:process';
import { modules } from './modules.ts';

/** Two hundred packages that nothing else needs: they are installed when somebody asks for mutants. */
const stryker = '10.1.1';
const root = new URL('../../', import.meta.url).pathname;

const wanted = argv.slice(2);
const unheard = wanted.filter((name) => !Object.hasOwn(modules, name));
if (unheard.length > 0) {
  stderr.write(`no module ${unheard.join(', ')}; there are ${Object.keys(modules).join(', ')}\n`);
  exit(2);
}
if (!existsSync(`${root}node_modules/@stryker-mutator/core`)) {
  const packages = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}@${stryker}`);
  execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', ...packages], {
    cwd: root,
    stdio: 'inherit',
  });
}
const weak = (wanted.length > 0 ? wanted : Object.keys(modules)).filter((name) => !holds(name));
if (weak.length > 0) stderr.write(`below the threshold: ${weak.join(', ')}\n`);
exit(weak.length > 0 ? 1 : 0);

/** Whether enough mutants of a module are noticed by its tests. */
function holds(name: string): boolean {
  const { sources = [], tests = [] } = modules[name] ?? {};
  const { status } = spawnSync(
    `${root}node_modules/.bin/stryker`,
    [
      ...['run', 'test/mutation/stryker.config.json', '--mutate', sources.join(',')],
      ...['--incrementalFile', `reports/mutation/${name}.incremental.json`],
    ],
    { cwd: root, stdio: 'inherit', env: { ...env, TRAILPROOF_MUTATION_TESTS: tests.join(',') } },
  );
  return status === 0;
}
