import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './source-files.ts';

let project: string;

/** A project that has the packed package and nothing else: no dependency of it is installed, and no other types. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'trailproof-packed-'));
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename }]: readonly [{ readonly filename: string }] = JSON.parse(packed);
  mkdirSync(join(project, 'node_modules/trailproof'), { recursive: true });
  execFileSync('tar', ['-xzf', filename, '-C', 'node_modules/trailproof', '--strip-components=1'], { cwd: project });
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }\n');
  for (const example of ['broken-account.yaml', 'recording.jsonl'])
    cpSync(`${root}examples/${example}`, join(project, example));
});

afterAll(() => {
  rmSync(project, { recursive: true });
});

function run(name: string, program: string) {
  writeFileSync(join(project, name), program);
  return spawnSync(process.execPath, [name], { cwd: project, encoding: 'utf8', env: { PATH: process.env.PATH ?? '' } });
}

const checking = `import { AppError, check, prove } from 'trailproof';
// A config that would be read if one were looked for.
import { writeFileSync } from 'node:fs';
writeFileSync('trailproof.yaml', 'failOn: never\\n');
const { summary, tool } = await check('broken-account.yaml', { only: ['trail-is-logging'] });
const replayed = await check('recording.jsonl');
const proof = await prove('cloudtrail:StopLogging', 'broken-account.yaml');
const mistake = await check('nowhere.yaml').catch((error) => error);
export const said = [
  [summary.exitCode, proof.exitCode, tool.version, replayed.findings.length > 0],
  [mistake instanceof AppError, mistake.code, mistake.hint],
  [process.exitCode],
];`;

test('programs check and prove with it; it says nothing and ends nothing by itself', () => {
  const { stdout, stderr, status } = run('check.mjs', checking);
  expect([stdout, stderr, status]).toEqual(['', '', 0]);
  const shown = run('show.mjs', "import { said } from './check.mjs';\nconsole.log(JSON.stringify(said));\n");
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  expect(JSON.parse(shown.stdout)).toEqual([[1, 1, version, true], [true, 'input', 'Check the path.'], [null]]);
});

/** The chunks of the bundle by what is written in them: names that a minifier leaves alone. */
const marks = { 'the command framework': 'OCLIF', 'the AWS SDK': 'aws-sdk-js' };

test('to check and to prove it loads neither the command line nor the AWS SDK', () => {
  const hook = `import { registerHooks } from 'node:module';
const loaded = [];
registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
const { said } = await import('./check.mjs');
console.log(JSON.stringify(loaded.filter((url) => url.includes('/trailproof/dist/'))));
`;
  run('check.mjs', checking);
  const { stdout, stderr } = run('hook.mjs', hook);
  expect(stderr).toBe('');
  const files: readonly string[] = JSON.parse(stdout);
  expect(files.length).toBeGreaterThan(3);
  const holding = (mark: string) => files.filter((url) => readFileSync(new URL(url), 'utf8').includes(mark));
  expect(Object.values(marks).map(holding)).toEqual([[], []]);
});

test('the marks by which a bundle is known are in it', () => {
  const chunks = execFileSync('bash', ['-c', 'cat dist/chunks/*.js'], {
    cwd: join(project, 'node_modules/trailproof'),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  for (const mark of Object.values(marks)) expect(chunks).toContain(mark);
});

test('the strictest compiler takes its types, and takes nothing else', () => {
  const consumer = `import { AppError, type CheckOptions, check, collect, type Finding, type Proof, prove, type WholeReport, render, type Snapshot, scan } from 'trailproof';

const options: CheckOptions = { only: ['trail-is-logging'], failOn: 'high', parameters: { a: { b: 1 } }, critical: ['a', { tag: { a: 'b' } }] };
const report: WholeReport = await check(['broken-account.yaml'], options);
const failed: readonly Finding[] = report.findings.filter(({ status }) => status === 'fail');
export const names: readonly string[] = failed.map(({ resource, remediation }) => remediation?.cli ?? resource.name);
export const proof: Proof = await prove({ eventName: ['DeleteTrail'] }, await collect({ everything: true }), { days: 365 });
export const text: string = render(await scan({ credentials: async () => ({ accessKeyId: '', secretAccessKey: '' }) }), 'sarif');
export const snapshot: Snapshot = { trailproof: 'snapshot/1', account: { id: '111122223333', partition: 'aws' }, regions: [], resources: {} };
export const hint = (error: unknown): string | undefined => (error instanceof AppError ? error.hint : undefined);
`;
  const wrong = `import { check } from 'trailproof';
await check('a.yaml', { failOn: 'hihg' });
await check(5);
`;
  writeFileSync(join(project, 'consumer.ts'), consumer);
  writeFileSync(join(project, 'wrong.ts'), wrong);
  const flags = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--skipLibCheck', 'false'];
  const compile = (file: string) =>
    spawnSync(
      process.execPath,
      [
        `${root}node_modules/typescript/bin/tsc`,
        ...flags,
        '--noEmit',
        '--types',
        '',
        '--lib',
        'es2022',
        '--target',
        'es2022',
        '--module',
        'nodenext',
        '--ignoreConfig',
        file,
      ],
      { cwd: project, encoding: 'utf8' },
    );
  const taken = compile('consumer.ts');
  expect([taken.stdout, taken.status]).toEqual(['', 0]);
  expect(compile('wrong.ts').stdout.match(/^wrong\.ts\(\d+/gm)).toEqual(['wrong.ts(2', 'wrong.ts(3']);
});
