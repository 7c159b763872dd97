import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registry, ruleFiles } from '../../src/cli/rule-set.ts';
import { failuresOf, testRuleFile } from '../../src/cli/rule-tests.ts';
import { scaffoldRule } from '../../src/cli/scaffold-rule.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailproof-new-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a rule to start from holds for every resource type', () => {
  test.each(Object.keys(registry))('%s', async (type) => {
    const id = `my-${type.toLowerCase().replaceAll('::', '-')}`;
    const { rule, test: cases } = scaffoldRule(id, type, registry);
    writeFileSync(join(folder, `${id}.yaml`), rule);
    writeFileSync(join(folder, `${id}.test.yaml`), cases);
    const { rules } = await ruleFiles([join(folder, `${id}.yaml`)]);
    const [written] = rules;
    if (!written) throw new Error('no rule was written');
    const result = await testRuleFile(written, { mutate: 'mutate', coverage: 'wanted' });
    expect(failuresOf(result)).toEqual([]);
    expect(result.cases).toBeGreaterThan(2);
  });
});

test('what cannot be a rule is refused', () => {
  expect(() => scaffoldRule('My Rule', 'AWS::S3::Bucket', registry)).toThrow('My Rule cannot be the id of a rule');
  expect(() => scaffoldRule('../x', 'AWS::S3::Bucket', registry)).toThrow('../x cannot be the id of a rule');
  expect(() => scaffoldRule('my-rule', 'AWS::S3::Buckets', registry)).toThrow(
    'AWS::S3::Buckets is not a resource type',
  );
});
