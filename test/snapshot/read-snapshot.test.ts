import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { looksLikeRecording, readSnapshots } from '../../src/snapshot/read-snapshot.ts';
import { snapshotSchema } from '../../src/snapshot/snapshot-schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-snapshots-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ajv = new Ajv({ strict: true, allErrors: true, verbose: true, discriminator: true });
const validate = ajv.compile(snapshotSchema(resourceTypes));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What was read, and what was said in the end; the folder is taken off the paths. */
async function read(paths: readonly string[], input?: string) {
  const found: string[] = [];
  const stdin = (async function* () {
    if (input !== undefined) yield Buffer.from(input);
  })();
  try {
    for await (const { snapshot, file, line } of readSnapshots(paths, { registry: resourceTypes, validate, stdin })) {
      found.push(`${file.replace(`${folder}/`, '')}:${line} ${snapshot.account.id}`);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      found,
      message: error.message,
      details: error.details.map((detail) => detail.replaceAll(`${folder}/`, '')),
    };
  }
  return { found };
}
const mistakesIn = async (name: string, content: string) => {
  const outcome = await read([write(name, content)]);
  return outcome.details ?? outcome.found;
};

const head = "trailproof: snapshot/1\naccount: { id: '111122223333', partition: aws }\nregions: [us-east-1]\n";
const good = (id: string) => ({
  trailproof: 'snapshot/1',
  account: { id, partition: 'aws' },
  regions: [],
  resources: {},
});
const line = (id: string) => JSON.stringify(good(id));

describe('what it reads', () => {
  test('YAML, JSON, JSON lines, standard input', async () => {
    const yaml = write('good.yaml', `${head}resources: {}\n`);
    const json = write('good.json', JSON.stringify(good('222222222222'), undefined, 2));
    const lines = write('good.jsonl', `${line('333333333333')}\n\n${line('444444444444')}\n`);
    expect(await read([yaml, json, lines])).toEqual({
      found: [
        'good.yaml:1 111122223333',
        'good.json:1 222222222222',
        'good.jsonl:1 333333333333',
        'good.jsonl:3 444444444444',
      ],
    });
    expect(await read(['-'], `${head}resources: {}\n`)).toEqual({ found: ['<stdin>:1 111122223333'] });
    expect(await read(['-'], `\n${JSON.stringify(good('222222222222'), undefined, 2)}`)).toEqual({
      found: ['<stdin>:1 222222222222'],
    });
    expect(await read(['-'], `\ufeff${line('333333333333')}\r\n${line('444444444444')}\r\n`)).toEqual({
      found: ['<stdin>:1 333333333333', '<stdin>:2 444444444444'],
    });
  });

  test('a folder, in the order of its names', async () => {
    mkdirSync(join(folder, 'accounts'));
    write('accounts/b.json', line('222222222222'));
    write('accounts/a.yaml', `${head}resources: {}\n`);
    expect(await read([join(folder, 'accounts')])).toEqual({
      found: ['accounts/a.yaml:1 111122223333', 'accounts/b.json:1 222222222222'],
    });
  });

  test('either spelling, epochs, nulls', async () => {
    const path = write(
      'cli.yaml',
      `${head}collectedAt: 1763629200\nresources:\n  AWS::CloudTrail::Trail:\n    - trailARN: arn:x\n` +
        '      status: { isLogging: true, latestDeliveryTime: 1763629200.5, stopLoggingTime: null }\n',
    );
    for await (const { snapshot } of readSnapshots([path], { registry: resourceTypes, validate })) {
      expect(snapshot.collectedAt).toBe('2025-11-20T09:00:00Z');
      expect(snapshot.resources['AWS::CloudTrail::Trail']).toEqual([
        { TrailARN: 'arn:x', Status: { IsLogging: true, LatestDeliveryTime: '2025-11-20T09:00:00.500Z' } },
      ]);
    }
    expect.assertions(2);
  });

  test('where a line starts in its file', async () => {
    const path = write('offsets.jsonl', `${line('333333333333')}\n${line('444444444444')}\n`);
    const places: unknown[] = [];
    for await (const { at } of readSnapshots([path], { registry: resourceTypes, validate })) places.push(at);
    const bytes = line('333333333333').length;
    expect(places).toEqual([
      { offset: 0, bytes },
      { offset: bytes + 1, bytes },
    ]);
  });
});

describe('what it refuses', () => {
  test.each([
    ['x.yaml', '', ['x.yaml:1:1 the file is empty; it should hold a snapshot']],
    ['x.json', '\n\n', ['x.json:1:1 the file is empty; it should hold a snapshot']],
    ['x.jsonl', '', ['x.jsonl:1:1 the file is empty; it should hold a snapshot']],
    [
      'x.yaml',
      'a: [',
      ['x.yaml:1:5 not YAML: flow sequence in block collection must be sufficiently indented and end with a ]'],
    ],
    ['x.json', 'hello', ['x.json:1:1 not JSON: hello where a value should stand; text stands in double quotes']],
    ['x.yaml', 'hello', ['x.yaml:1:1 this is not a snapshot; a snapshot says trailproof: snapshot/1']],
    ['x.json', '[]', ['x.json:1:1 this is not a snapshot; a snapshot says trailproof: snapshot/1']],
    ['x.yaml', 'id: a\ntitle: b\n', ['x.yaml:1:1 this is not a snapshot; a snapshot says trailproof: snapshot/1']],
    [
      'x.yaml',
      'trailproof: report/1\n',
      ['x.yaml:1:13 this is "report/1", not a snapshot; a snapshot says trailproof: snapshot/1'],
    ],
    [
      'x.jsonl',
      '{"service":"s3","operation":"ListBuckets","region":"us-east-1","response":{}}\n',
      ['x.jsonl:1:1 this is a recording of API calls, not a snapshot; use scan --replay'],
    ],
    [
      'x.yaml',
      'trailproof: snapshot/1\naccount: { id: 111122223333, partition: aws }\nregions: []\nresources: {}\n',
      ['x.yaml:2:16 account.id must be a string of 12 digits, not the number 111122223333; quote it'],
    ],
    [
      'x.yaml',
      `${head}resources: {}\nregions: []\n`,
      ['x.yaml:5:1 duplicate key regions; it is on line 3 already; keep one of them'],
    ],
    [
      'x.json',
      `${line('111122223333').slice(0, -1)},"regions":[]}`,
      ['x.json:1:106 duplicate key regions; it is on line 1 already; keep one of them'],
    ],
    ['x.yaml', `${head}resources:\n  __proto__: { a: 1 }\n`, ['x.yaml:5:3 __proto__ is never a property; take it out']],
    [
      'x.yaml',
      `${head}resources: {}\nconstructor: 1\n`,
      [
        'x.yaml:5:1 constructor is not a property of a snapshot; ' +
          'it has trailproof, account, collectedAt, regions, resources, operations, gaps, absent',
      ],
    ],
    [
      'x.yaml',
      `${head}resources: {}\n<<: 1\n`,
      [
        'x.yaml:5:1 << is not a property of a snapshot; ' +
          'it has trailproof, account, collectedAt, regions, resources, operations, gaps, absent',
      ],
    ],
    [
      'x.yaml',
      `${head}resources:\n  AWS::CloudTrail::Trial: []\n`,
      ['x.yaml:5:3 AWS::CloudTrail::Trial is not a resource type; did you mean AWS::CloudTrail::Trail?'],
    ],
    [
      'x.yaml',
      `${head}resources:\n  AWS::S3::Bucket:\n    - Name: a\n      name: b\n`,
      ['x.yaml:7:7 duplicate key name; it is the same property as Name; keep one of them'],
    ],
    [
      'x.yaml',
      `${head}resources:\n  AWS::S3::Bucket:\n    - tags: {}\n`,
      ['x.yaml:6:7 Name is missing; AWS::S3::Bucket needs it'],
    ],
    [
      'x.yaml',
      `${head}resources: {}\ncollectedAt: yesterday\n`,
      ['x.yaml:5:14 collectedAt must be an ISO 8601 time such as 2026-11-20T09:00:00Z, not "yesterday"'],
    ],
  ])('%s %j', async (name, content, details) => {
    expect(await mistakesIn(name, content)).toEqual(details);
  });

  test('a resource of which it says two things', async () => {
    const text = `${head}resources:
  AWS::S3::Bucket:
    - { Name: a, Versioning: { Status: Suspended } }
    - Name: b
    - { name: a, versioning: { status: Enabled } }
    - { Versioning: { Status: Suspended }, Name: a }
  AWS::Account:
    - {}
    - PublicAccessBlock: {}
`;
    expect(await mistakesIn('x.yaml', text)).toEqual([
      'x.yaml:8:7 arn:aws:s3:::a is there twice, and not the same; the other one is on line 6; keep the one that holds',
      'x.yaml:12:7 arn:aws:iam::111122223333:root is there twice, and not the same; the other one is on line 11; keep the one that holds',
    ]);
    const same = `${head}resources:\n  AWS::S3::Bucket: [{ Name: a, Tags: [] }, { name: a, tags: {} }]\n`;
    expect(await mistakesIn('x.yaml', same)).toEqual(['x.yaml:1 111122223333']);
  });

  test('every mistake of a file at once, in the spelling of the file', async () => {
    const path = write(
      'many.yaml',
      `${head}resources:
  AWS::CloudTrail::Trail:
    - trailARN: arn:x
      logFileValidationEnable: true
      status: { isLoging: true, IsLogging: "true" }
      eventSelectors: [{ includeManagementEvents: yes }]
  AWS::S3::Bucket:
    - Name: a
      tags: { env: 1, '5': 2 }
      Versioning: Enabled
`,
    );
    expect(await read([path])).toEqual({
      found: [],
      message: `7 mistakes in ${path}`,
      details: [
        'many.yaml:7:7 logFileValidationEnable is not a property of AWS::CloudTrail::Trail; did you mean LogFileValidationEnabled?',
        'many.yaml:8:17 isLoging is not a property of AWS::CloudTrail::Trail.Status; did you mean IsLogging?',
        'many.yaml:8:44 Status.IsLogging must be true or false, not "true"; write it without quotes, in small letters',
        'many.yaml:9:51 EventSelectors[0].IncludeManagementEvents must be true or false, not "yes"; YAML 1.2 says true and false',
        'many.yaml:12:20 tags.env must be a string, not the number 1; quote it',
        'many.yaml:12:28 tags[5] must be a string, not the number 2; quote it',
        'many.yaml:13:19 Versioning must be an object, not "Enabled"',
      ],
    });
  });

  test('the first bad line ends JSON lines; what was before it has been read', async () => {
    const path = write(
      'bad.jsonl',
      `${line('111122223333')}\n\n{"trailproof":"snapshot/1",}\n${line('222222222222')}\n{`,
    );
    expect(await read([path])).toEqual({
      found: ['bad.jsonl:1 111122223333'],
      message: `1 mistake in ${path}`,
      details: [
        'bad.jsonl:3:28 not JSON: } where a property name in double quotes should stand; take the comma before it away',
      ],
    });
  });

  test('several bad files are reported together, and nothing after the first is yielded', async () => {
    const bad = write('bad.yaml', 'hello');
    const fine = write('fine.yaml', `${head}resources: {}\n`);
    const worse = write('worse.json', '[');
    expect(await read([fine, bad, fine, worse])).toEqual({
      found: ['fine.yaml:1 111122223333'],
      message: '2 mistakes in 2 files',
      details: [
        'bad.yaml:1:1 this is not a snapshot; a snapshot says trailproof: snapshot/1',
        'worse.json:1:2 not JSON: the file ends where a value or ] should stand; it may be cut off',
      ],
    });
  });

  test('an empty folder and a missing file', async () => {
    mkdirSync(join(folder, 'empty'));
    expect(await read([join(folder, 'empty')])).toMatchObject({
      message: `${join(folder, 'empty')} holds no file to read`,
    });
    expect(await read([join(folder, 'missing.json')])).toMatchObject({
      message: `cannot read ${join(folder, 'missing.json')}: there is no such file or folder`,
    });
  });

  test('100 MB of [', async () => {
    const bomb = 'nested deeper than 64 levels; no file of this kind needs that; flatten it';
    const brackets = Buffer.alloc(100_000_000, '[');
    expect(await read([write('bomb.json', brackets)])).toMatchObject({ details: [`bomb.json:1:65 ${bomb}`] });
    expect(await read([write('bomb.yaml', brackets)])).toMatchObject({
      details: ['bomb.yaml:1:1 larger than 16 MiB, the most that is read as YAML; write it as JSON'],
    });
  });
});

test('a recording is told by its first line', () => {
  expect(looksLikeRecording('{"trailproof":"recording/1","collectedAt":"2026-11-20T09:00:00Z"}')).toBe(true);
  expect(looksLikeRecording('{"service":"s3","operation":"ListBuckets","response":{}}')).toBe(true);
  expect(looksLikeRecording(line('111122223333'))).toBe(false);
  expect(looksLikeRecording('{')).toBe(false);
  expect(looksLikeRecording('[]')).toBe(false);
});
