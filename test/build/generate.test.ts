import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { hoistObjects } from '../../src/build/hoist.ts';
import { placesIn, publishedSchemas } from '../../src/build/published-schemas.ts';
import { referenceOf } from '../../src/build/reference.ts';
import { ruleDoc, ruleIndex } from '../../src/build/rule-docs.ts';
import { configSchema } from '../../src/cli/config-schema.ts';
import { builtInPacks } from '../../src/generated/built-in-packs.js';
import { builtInRules } from '../../src/generated/built-in-rules.js';
import { validate as validateSnapshot } from '../../src/generated/validate-snapshot.js';
import { reportDescriptions } from '../../src/reporters/report-descriptions.ts';
import { reportSchema } from '../../src/reporters/report-schema.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { controlsIn } from '../../src/rules/pack.ts';
import { packSchema } from '../../src/rules/pack-schema.ts';
import { ruleSchema } from '../../src/rules/rule-schema.ts';
import { snapshotSchema } from '../../src/snapshot/snapshot-schema.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('the published schema of rules is current: npm run generate', () => {
  expect(JSON.parse(read('rules/rule.schema.json'))).toEqual(JSON.parse(JSON.stringify(ruleSchema(resourceTypes))));
});

test('the built-in packs are the files', async () => {
  for (const [name, load] of Object.entries(builtInPacks))
    expect((await load()).pack).toEqual(parse(read(`rules/packs/${name}.yaml`)));
});

test('the published schema of packs is current: npm run generate', () => {
  expect(JSON.parse(read('rules/pack.schema.json'))).toEqual(packSchema);
});

describe('the published schemas of reports', () => {
  test.each(Object.entries(publishedSchemas()))('%s is current: npm run generate', (name, schema) => {
    expect(JSON.parse(read(`schemas/${name}`))).toEqual(schema);
  });

  test('say of every part what it is, and describe nothing that is not there', () => {
    expect(Object.keys(reportDescriptions).toSorted()).toEqual(['', ...placesIn(reportSchema)].toSorted());
  });

  test('a report keeps to them, and each of its lines', () => {
    const errorsIn = (name: string): ((value: unknown) => unknown) => {
      const validate = new Ajv({ strict: true, allErrors: true, strictRequired: false }).compile(
        JSON.parse(read(name)),
      );
      return (value) => (validate(value) ? null : validate.errors);
    };
    const golden = 'test/reporters/golden/report';
    expect(errorsIn('schemas/report.schema.json')(JSON.parse(read(`${golden}.json`)))).toBeNull();
    const lineErrors = errorsIn('schemas/report-line.schema.json');
    const lines = read(`${golden}.ndjson`)
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines.map(lineErrors)).toEqual(lines.map(() => null));
    expect(lineErrors({ kind: 'finding', rule: 'x' })).not.toBeNull();
    expect(lineErrors({ kind: 'other' })).not.toBeNull();
  });
});

test('the published schema of configs is current: npm run generate', () => {
  expect(JSON.parse(read('schemas/config.schema.json'))).toEqual(JSON.parse(JSON.stringify(configSchema)));
});

test('the reference of resource types is current: npm run generate', () => {
  expect(read('docs/resource-types.md')).toBe(referenceOf(resourceTypes));
});

describe('the pages of the built-in rules are current: npm run docs', () => {
  test.each(builtInRules)('$definition.id', async (rule) => {
    expect(read(`docs/rules/${rule.definition.id}.md`)).toBe(await ruleDoc(rule, resourceTypes));
  });

  test('the index, and no page of a rule that is gone', () => {
    expect(read('docs/rules/README.md')).toBe(ruleIndex(builtInRules));
    const pages = builtInRules.map(({ definition }) => `${definition.id}.md`);
    expect(readdirSync(new URL('../../docs/rules', import.meta.url))).toEqual([...pages, 'README.md'].toSorted());
  });

  test('the index says of each control without a rule why, and names the rules that ask what can be asked', () => {
    const ids = builtInRules.map(({ definition }) => definition.id);
    const [, section = ''] = ruleIndex(builtInRules).split('\n## Left out\n');
    const controls = [...section.matchAll(/^\| `([a-z-]+)` \| .+\. \|$/gm)].map(([, control = '']) => control);
    expect(controls).toEqual([
      'log-group-no-secrets',
      'threat-detection-enumeration',
      'threat-detection-privilege-escalation',
      'threat-detection-llm-jacking',
      'trail-log-integrity-verified',
    ]);
    expect(controls.filter((control) => ids.includes(control))).toEqual([]);
    const links = [...section.matchAll(/\[([a-z0-9-]+)\]\(\1\.md\)/g)].map(([, id = '']) => id);
    expect(links).toEqual([
      'guardduty-enabled',
      'trail-insights-enabled',
      'monitor-iam-policy-changes',
      'bedrock-data-events-enabled',
      'trail-log-file-validation-enabled',
      'trail-digest-delivery-healthy',
    ]);
  });
});

test('the built-in rules are the files, with their families, and what the packs say that they answer', async () => {
  expect(builtInRules.length).toBeGreaterThan(0);
  const packs = await Promise.all(Object.values(builtInPacks).map(async (load) => (await load()).pack));
  const controls = controlsIn(packs);
  for (const { family, definition } of builtInRules) {
    const answered = controls.get(definition.id);
    const file = parse(read(`rules/${family}/${definition.id}.yaml`));
    expect(file).not.toHaveProperty('controls');
    expect(definition).toEqual({ ...file, ...(answered && { controls: answered }) });
  }
  const ids = builtInRules.map(({ definition }) => definition.id);
  expect(ids).toEqual(ids.toSorted());
});

describe('the validators of the build', () => {
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true });
  const reference = ajv.compile(snapshotSchema(resourceTypes));
  const good = parse(read('examples/healthy-account.yaml'));
  const bad = {
    ...good,
    regions: 'us-east-1',
    resources: { 'AWS::S3::Bucket': [{ Nmae: 'x' }], 'AWS::S3::Buckets': [] },
  };

  test('say of a good file what AJV says', () => {
    expect(reference(good)).toBe(true);
    expect(validateSnapshot(good)).toBe(true);
  });

  test('find the same mistakes as AJV, all of them', () => {
    const said = (errors: typeof validateSnapshot.errors) =>
      (errors ?? [])
        .map(({ instancePath, keyword, params }) => JSON.stringify([instancePath, keyword, params]))
        .toSorted();
    expect(reference(bad)).toBe(false);
    expect(validateSnapshot(bad)).toBe(false);
    expect(said(validateSnapshot.errors)).toEqual(said(reference.errors));
  });
});

test('hoisting keeps two schemas of one title apart, and one of two that are the same', () => {
  const object = (type: string) => ({ title: 'a thing', type: 'object', properties: { x: { type } } });
  const hoisted = hoistObjects({ properties: { a: object('string'), b: object('number'), c: object('string') } });
  expect(hoisted.properties).toEqual({
    a: { $ref: '#/definitions/object%20a%20thing' },
    b: { $ref: '#/definitions/object%20a%20thing%202' },
    c: { $ref: '#/definitions/object%20a%20thing' },
  });
});
