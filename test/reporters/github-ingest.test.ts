import { describe, expect, test } from 'vitest';
import { githubProblems, type SarifFile } from './github-ingest.ts';

const rule = {
  id: 'a',
  name: 'a',
  shortDescription: { text: 'A' },
  fullDescription: { text: 'A' },
  help: { text: 'A' },
  properties: { 'security-severity': '8.0', tags: ['security'] },
};
const region = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
const at = (uri: string) => ({ physicalLocation: { artifactLocation: { uri }, region } });
const result = {
  ruleId: 'a',
  ruleIndex: 0,
  level: 'error',
  message: { text: 'A' },
  locations: [at('aws/main')],
  partialFingerprints: { primaryLocationLineHash: '0:1' },
};
const file = (rules: readonly object[] = [rule], results: readonly object[] = [result]): SarifFile => ({
  $schema: 'schema',
  version: '2.1.0',
  runs: [{ tool: { driver: { name: 'trailproof', rules } }, automationDetails: { id: 'trailproof/x/' }, results }],
});
const withRule = (change: object): SarifFile => file([{ ...rule, ...change }]);
const withResult = (change: object): SarifFile => file([rule], [{ ...result, ...change }]);
const times = <T>(count: number, value: T): readonly T[] => Array.from({ length: count }, () => value);

describe('the ingest rules find what is planted', () => {
  test('nothing in a good file', () => {
    expect(githubProblems(file())).toEqual([]);
    expect(githubProblems(file([], []))).toEqual([]);
  });

  test.each<readonly [string, SarifFile]>([
    ['$schema is missing', { ...file(), $schema: '' }],
    ['version is not 2.1.0', { ...file(), version: '2.0.0' }],
    ['runs are not 1 to 20', { ...file(), runs: [] }],
    ['runs are not 1 to 20', { ...file(), runs: times(21, file().runs?.[0] ?? {}) }],
    ['a rule id twice', file([rule, rule])],
    ['more than 5,000 results', file([rule], times(5001, result))],
    [
      'more than 25,000 rules',
      file(
        Array.from({ length: 25_001 }, (_, id) => ({ ...rule, id: `${id}` })),
        [],
      ),
    ],
    ['rule.id is missing', file([{ ...rule, id: ' ' }], [])],
    ['rule.name is too long', withRule({ name: 'n'.repeat(256) })],
    ['shortDescription.text is missing', withRule({ shortDescription: { text: '' } })],
    ['shortDescription.text is too long', withRule({ shortDescription: { text: 'n'.repeat(1025) } })],
    ['fullDescription.text is missing', withRule({ fullDescription: undefined })],
    ['fullDescription.text is too long', withRule({ fullDescription: { text: 'n'.repeat(1025) } })],
    ['help.text is missing', withRule({ help: { text: '' } })],
    [
      'security-severity is not a numeric string',
      withRule({ properties: { ...rule.properties, 'security-severity': 8 } }),
    ],
    [
      'security-severity is not a numeric string',
      withRule({ properties: { ...rule.properties, 'security-severity': '0.0' } }),
    ],
    [
      'security-severity is not a numeric string',
      withRule({ properties: { ...rule.properties, 'security-severity': 'high' } }),
    ],
    ['more than 10 tags', withRule({ properties: { tags: ['security', ...times(10, 'x')] } })],
    ['the first tag is not security', withRule({ properties: { tags: ['aws', 'security'] } })],
    ['ruleIndex is not the rule', withResult({ ruleIndex: 1 })],
    ['level is unknown to GitHub', withResult({ level: 'none' })],
    ['message.text is missing', withResult({ message: { text: '' } })],
    ['not exactly one location', withResult({ locations: [at('a'), at('b')] })],
    ['uri is missing', withResult({ locations: [at('')] })],
    ['uri is not a relative path', withResult({ locations: [at('arn:aws:s3:::b')] })],
    ['uri is not a relative path', withResult({ locations: [at('/etc/passwd')] })],
    ['uri is not a relative path', withResult({ locations: [at('a/../b')] })],
    ['uri is not a relative path', withResult({ locations: [at('no file')] })],
    ['region is incomplete', withResult({ locations: [{ physicalLocation: { artifactLocation: { uri: 'a' } } }] })],
    ['primaryLocationLineHash is missing', withResult({ partialFingerprints: {} })],
  ])('%s', (problem, planted) => {
    expect(githubProblems(planted)).toEqual([problem]);
  });

  test('a missing driver, category and list of results', () => {
    expect(githubProblems({ ...file(), runs: [{}] })).toEqual([
      'driver.name is missing',
      'driver.rules is missing',
      'results is missing',
      'automationDetails.id is not a category alone',
    ]);
  });
});
