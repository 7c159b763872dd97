import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FolderOptions, openCheckpoint } from '../../src/cli/checkpoint.ts';
import { validate } from '../../src/generated/validate-snapshot.js';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { textReader } from '../../src/snapshot/read-snapshot.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { isFinished } from '../../src/sources/many-accounts.ts';

const accounts = ['111122223333', '444455556666', '777788889999'];
const collectedAt = '2026-11-20T09:00:00Z';
const asked = { version: '1.0.0', regions: ['us-east-1'], operations: ['a:List of all', 'b:Get of referenced'] };
const begin = async () => ({ collectedAt, accounts });
const snapshotIn = textReader({ registry: resourceTypes, validate });

const snapshot = (id: string, gaps: Snapshot['gaps'] = []): Snapshot => ({
  trailproof: 'snapshot/1',
  account: { id, partition: 'aws' },
  regions: ['us-east-1'],
  resources: {},
  gaps,
});

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'trailproof-checkpoint-'));
  folder = join(home, 'new', 'accounts');
});
afterEach(() => rmSync(home, { recursive: true }));

const open = (options: Partial<FolderOptions> = {}) =>
  openCheckpoint({ folder, resume: false, asked, snapshotIn, isFinished, begin, ...options });
const resume = (options: Partial<FolderOptions> = {}) => open({ resume: true, ...options });
const never = async () => {
  throw new Error('an earlier run knows the accounts');
};

describe('a checkpoint', () => {
  test('says first what is asked, then holds each account in a line of its own', async () => {
    const checkpoint = await open();
    expect(readdirSync(folder)).toEqual(['.checkpoint.json']);
    expect(JSON.parse(readFileSync(join(folder, '.checkpoint.json'), 'utf8'))).toEqual({
      trailproof: 'checkpoint/1',
      collectedAt,
      accounts,
      asked,
    });
    await checkpoint.write(snapshot('444455556666'));
    expect(readdirSync(folder)).toEqual(['.checkpoint.json', '444455556666.json']);
    expect(readFileSync(checkpoint.fileOf('444455556666'), 'utf8')).toBe(
      `${JSON.stringify(snapshot('444455556666'))}\n`,
    );
  });

  test('leaves no folder where nobody knows the accounts', async () => {
    await expect(open({ begin: () => Promise.reject(new Error('refused')) })).rejects.toThrow('refused');
    expect(readdirSync(home)).toEqual([]);
  });

  test('is gone on with, without asking for the accounts again', async () => {
    const before = await open();
    await before.write(snapshot('111122223333', [{ operation: 's3:ListBuckets', error: 'AccessDenied' }]));
    await before.write(snapshot('444455556666'));
    const after = await resume({ begin: never });
    expect(after.manifest).toEqual(before.manifest);
    expect(after.finished).toEqual(new Set(['111122223333', '444455556666']));
  });

  test.each([
    'ExpiredToken',
    'ExpiredTokenException',
    'RequestExpired',
    'CredentialsProviderError',
    'TokenProviderError',
  ])('has an account read again in which the credentials ended: %s', async (error) => {
    const before = await open();
    await before.write(snapshot('111122223333', [{ operation: 's3:ListBuckets', error }]));
    expect((await resume()).finished).toEqual(new Set());
  });

  test('has accounts read again that were refused or that time ran out in, or of which a file is broken', async () => {
    const before = await open();
    await before.write(snapshot('111122223333', [{ operation: 'sts:AssumeRole', error: 'AccessDenied' }]));
    await before.write(snapshot('444455556666', [{ operation: 's3:ListBuckets', error: 'TimedOut' }]));
    writeFileSync(before.fileOf('777788889999'), '{"trailproof":"snap');
    expect((await resume()).finished).toEqual(new Set());
  });

  test('loses what was not written to its end', async () => {
    await open();
    writeFileSync(join(folder, '.444455556666.json.0b6c.tmp'), '{"trailproof":"snap');
    expect((await resume()).finished).toEqual(new Set());
    expect(readdirSync(folder)).toEqual(['.checkpoint.json']);
  });

  test('is gone on with in whatever order the same is asked, and however often', async () => {
    const organization = (...units: readonly string[]) => ({ units, tags: { env: ['prod', 'test'], team: ['data'] } });
    const before = { ...asked, 'account ids': accounts, organization: organization('r-ab12', 'r-cd34') };
    const after = {
      organization: { tags: { team: ['data'], env: ['test', 'prod'] }, units: ['r-cd34', 'r-ab12', 'r-cd34'] },
      'account ids': [...accounts, ...accounts.toReversed()],
      ...asked,
    };
    await open({ asked: before });
    expect((await resume({ asked: after, begin: never })).manifest.asked).toEqual(before);
    await expect(resume({ asked: { ...after, organization: organization('r-ab12') } })).rejects.toMatchObject({
      code: 'usage',
    });
  });

  test('is begun where there is nothing to go on with', async () => {
    expect((await resume()).manifest.accounts).toEqual(accounts);
  });
});

describe('refused is', () => {
  const refusal = (run: Promise<unknown>) =>
    run.then(
      () => undefined,
      (error: unknown) => error,
    );

  test('a checkpoint that nobody asked to go on with', async () => {
    await open();
    expect(await refusal(open())).toMatchObject({
      code: 'usage',
      message: `${folder} holds the checkpoint of an earlier run`,
      hint: 'Go on with it by --resume, or begin anew in another folder.',
    });
  });

  test('the checkpoint of another run, and what is different is said', async () => {
    await open();
    const other = { version: '1.1.0', regions: undefined, operations: ['a:List of all', 'c:Get of all'] };
    expect(await refusal(resume({ asked: other }))).toMatchObject({
      code: 'usage',
      message: `${folder} holds the checkpoint of another run`,
      details: [
        '  version: there "1.0.0", here "1.1.0"',
        '  regions: there ["us-east-1"], here none',
        '  operations: only there b:Get of referenced; only here c:Get of all',
      ],
    });
  });

  test.each(['{}', 'not JSON', '{"trailproof":"checkpoint/2","accounts":[],"asked":{}}'])(
    'a checkpoint that is %s',
    async (text) => {
      await open();
      writeFileSync(join(folder, '.checkpoint.json'), text);
      expect(await refusal(resume())).toMatchObject({ code: 'input' });
    },
  );

  const whole = JSON.stringify(snapshot('444455556666'));
  test.each<[string, string, readonly unknown[]]>([
    ['no snapshot', '{"gaps":[null]}', [expect.stringContaining('444455556666.json:1:1 this is not a snapshot')]],
    [
      'a snapshot with a mistake',
      whole.replace('"gaps":[]', '"gaps":[null]'),
      [expect.stringContaining('444455556666.json:1:')],
    ],
    [
      'the snapshot of another account',
      JSON.stringify(snapshot('777788889999')),
      [expect.stringContaining('444455556666.json:1 it is a snapshot of account 777788889999')],
    ],
  ])('a file of an account that somebody made %s, when the run goes on and while it runs', async (_, text, details) => {
    const checkpoint = await open();
    const file = checkpoint.fileOf('444455556666');
    writeFileSync(file, text);
    const refused = {
      code: 'input',
      message: `${file} is not what was read of account 444455556666`,
      details,
      hint: `Remove ${file}, and --resume reads the account again.`,
    };
    expect(await refusal(resume())).toMatchObject(refused);
    expect(await refusal((async () => checkpoint.read('444455556666'))())).toMatchObject(refused);
  });

  test('a folder with something else in it, and what is no folder', async () => {
    writeFileSync(join(home, 'notes.txt'), 'mine');
    for (const options of [{ resume: false }, { resume: true }]) {
      expect(await refusal(open({ folder: home, ...options }))).toMatchObject({
        code: 'usage',
        message: `${home} holds something else than a checkpoint`,
      });
    }
    expect(await refusal(open({ folder: join(home, 'notes.txt') }))).toMatchObject({ code: 'output' });
    expect(readdirSync(home)).toEqual(['notes.txt']);
  });
});
