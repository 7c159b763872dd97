import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { schemaDiagnostics } from '../../src/documents/schema-errors.ts';
import { ruleCasesSchema } from '../../src/evaluation/rule-case-schema.ts';

const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true, verbose: true });
const validate = ajv.compile(ruleCasesSchema);

/** What is wrong with a file of cases, in the words that its author reads. */
function mistakes(cases: unknown): readonly string[] {
  validate(cases);
  return schemaDiagnostics(validate.errors, { file: 'x', position: () => ({ line: 1, column: 1 }) }).map(
    ({ message, hint }) => `${message}${hint ? `; ${hint}` : ''}`,
  );
}
const minimal = { name: 'x', expect: 'pass' };

test('a case with everything', () => {
  const whole = {
    name: 'x',
    snapshot: { trailproof: 'snapshot/1' },
    resources: { 'AWS::S3::Bucket': [{ Name: 'b' }, 5] },
    patch: { b: { Name: null }, c: 5 },
    add: { 'AWS::S3::Bucket': [{}] },
    remove: ['b'],
    account: { id: '1' },
    collectedAt: '2026-11-20T09:00:00Z',
    regions: ['us-east-1'],
    operations: ['s3:ListBuckets', { operation: 'x' }],
    gaps: [{}],
    absent: [{}],
    parameters: { days: 5, names: ['a'] },
    critical: ['b', { tag: {} }],
    expect: { b: 'pass', c: 'fail', d: 'unknown', e: 'not-applicable' },
    because: 'Name',
  };
  expect(mistakes([whole, minimal])).toEqual([]);
});

test.each(['pass', 'fail', 'unknown', 'not-applicable'])('all findings may be %s', (status) => {
  expect(mistakes([{ ...minimal, expect: status }])).toEqual([]);
});

describe('what is no case', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['no list', minimal, ['the file must be a list, not an object']],
    ['no case at all', [], ['the file must not be empty']],
    ['no object', ['x'], ['[0] must be an object, not "x"']],
    ['nothing in it', [{}], ['expect is missing; a case needs it', 'name is missing; a case needs it']],
    ['a slip', [{ ...minimal, patches: {} }], ['patches is not a property of a case; did you mean patch?']],
  ])('%s', (_, written, said) => {
    expect(mistakes(written)).toEqual(said);
  });

  test.each<[string, unknown, string]>([
    ['name', '', 'must not be empty'],
    ['name', 5, 'must be a string, not the number 5; quote it'],
    ['snapshot', 'x', 'must be an object, not "x"'],
    ['resources', [], 'must be an object, not a list'],
    ['resources', { b: {} }, '.b must be a list, not an object'],
    ['patch', [], 'must be an object, not a list'],
    ['add', 5, 'must be an object, not 5'],
    ['add', { b: 'x' }, '.b must be a list, not "x"'],
    ['remove', 'b', 'must be a list, not "b"'],
    ['remove', [5], '[0] must be a string, not the number 5; quote it'],
    ['account', '1', 'must be an object, not "1"'],
    ['collectedAt', 5, 'must be a string, not the number 5; quote it'],
    ['regions', 'us-east-1', 'must be a list, not "us-east-1"'],
    ['regions', [5], '[0] must be a string, not the number 5; quote it'],
    ['operations', {}, 'must be a list, not an object'],
    ['gaps', {}, 'must be a list, not an object'],
    ['absent', {}, 'must be a list, not an object'],
    ['parameters', [], 'must be an object, not a list'],
    ['critical', 'b', 'must be a list, not "b"'],
    ['expect', 'passes', 'cannot be "passes"; did you mean pass?'],
    ['expect', {}, 'must not be empty'],
    ['expect', { b: 'falls' }, '.b cannot be "falls"; one of fail, unknown, pass, not-applicable'],
    ['because', '', 'must not be empty'],
    ['because', 5, 'must be a string, not the number 5; quote it'],
  ])('%s: %j', (property, value, said) => {
    const about = /^[.[]/.test(said) ? `[0].${property}${said}` : `[0].${property} ${said}`;
    expect(mistakes([{ ...minimal, [property]: value }])).toEqual([about]);
  });
});
