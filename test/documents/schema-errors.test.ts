import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/documents/diagnostic.ts';
import { parseDocument } from '../../src/documents/document.ts';
import { dotted, pointerOf, schemaDiagnostics } from '../../src/documents/schema-errors.ts';

const bucket = {
  title: 'AWS::S3::Bucket',
  type: 'object',
  additionalProperties: false,
  required: ['resource', 'Name'],
  properties: {
    resource: { const: 'AWS::S3::Bucket' },
    Name: { type: 'string', minLength: 1 },
    Public: { type: 'boolean' },
    Days: { type: 'integer', minimum: 1, maximum: 9 },
    Storage: { enum: ['STANDARD', 'GLACIER'] },
    Count: { if: { type: 'object' }, then: { $ref: '#/definitions/bounds' }, else: { type: ['number', 'string'] } },
  },
};
const trail = {
  title: 'AWS::CloudTrail::Trail',
  type: 'object',
  additionalProperties: false,
  required: ['resource'],
  properties: { resource: { const: 'AWS::CloudTrail::Trail' }, LogFileValidationEnabled: { type: 'boolean' } },
};
const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'the rules',
  type: 'object',
  additionalProperties: false,
  definitions: {
    bounds: {
      title: 'count',
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
      properties: { atLeast: { type: 'number' }, atMost: { type: 'number' } },
    },
  },
  properties: {
    rules: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        discriminator: { propertyName: 'resource' },
        oneOf: [bucket, trail],
      },
    },
    controls: {
      type: 'object',
      propertyNames: { pattern: '^[a-z-]+$', $comment: 'the name of a framework' },
      additionalProperties: { type: 'array', minItems: 1 },
    },
    types: {
      $comment: 'a resource type',
      type: 'object',
      additionalProperties: false,
      properties: { 'AWS::KMS::Key': {} },
    },
    either: { anyOf: [{ type: 'string' }, { type: 'object', properties: { a: { type: 'number' } } }] },
  },
};
const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true, verbose: true, discriminator: true });
const validate = ajv.compile(schema);

const mistakes = async (text: string) => {
  const { value, position } = await parseDocument(text, { file: 'r.yaml', kind: 'rules' });
  validate(value);
  return schemaDiagnostics(validate.errors, { file: 'r.yaml', position }).map(formatDiagnostic);
};

describe('one mistake, one message', () => {
  test.each([
    [
      'rules:\n  - resource: AWS::CloudTrail::Trail\n    LogFileValidationEnable: true\n',
      'r.yaml:3:5 LogFileValidationEnable is not a property of AWS::CloudTrail::Trail; did you mean LogFileValidationEnabled?',
    ],
    [
      'rules:\n  - resource: AWS::CloudTrail::Trail\n    constructor: true\n',
      'r.yaml:3:5 constructor is not a property of AWS::CloudTrail::Trail; it has resource, LogFileValidationEnabled',
    ],
    [
      'rules:\n  - resource: AWS::S3::Buckt\n',
      'r.yaml:2:15 rules[0].resource cannot be "AWS::S3::Buckt"; did you mean AWS::S3::Bucket?',
    ],
    [
      'rules:\n  - resource: AWS::EC2::Instance\n',
      'r.yaml:2:15 rules[0].resource cannot be "AWS::EC2::Instance"; one of AWS::S3::Bucket, AWS::CloudTrail::Trail',
    ],
    [
      'rules:\n  - LogFileValidationEnabled: true\n',
      'r.yaml:2:5 resource is missing; one of AWS::S3::Bucket, AWS::CloudTrail::Trail',
    ],
    [
      'rules:\n  - resource: 5\n',
      'r.yaml:2:15 rules[0].resource must be a string, not 5; one of AWS::S3::Bucket, AWS::CloudTrail::Trail',
    ],
    ['rules:\n  - resource: AWS::S3::Bucket\n', 'r.yaml:2:5 Name is missing; AWS::S3::Bucket needs it'],
    [
      'rules:\n  - { resource: AWS::S3::Bucket, Naem: x }\n',
      'r.yaml:2:34 Naem is not a property of AWS::S3::Bucket; did you mean Name?',
    ],
    [
      'rules:\n  - { resource: AWS::S3::Bucket, Name: 5 }\n',
      'r.yaml:2:40 rules[0].Name must be a string, not the number 5; quote it',
    ],
    ['rules:\n  - { resource: AWS::S3::Bucket, Name: "" }\n', 'r.yaml:2:40 rules[0].Name must not be empty'],
    [
      'rules:\n  - { resource: AWS::S3::Bucket, Name: x, Public: yes }\n',
      'r.yaml:2:51 rules[0].Public must be true or false, not "yes"; YAML 1.2 says true and false',
    ],
    [
      'rules:\n  - { resource: AWS::S3::Bucket, Name: x, Public: "true" }\n',
      'r.yaml:2:51 rules[0].Public must be true or false, not "true"; write it without quotes, in small letters',
    ],
    [
      'rules:\n  - { resource: AWS::S3::Bucket, Name: x, Days: "7" }\n',
      'r.yaml:2:49 rules[0].Days must be a whole number, not "7"; write it without quotes',
    ],
    ['rules:\n  - { resource: AWS::S3::Bucket, Name: x, Days: 0 }\n', 'r.yaml:2:49 rules[0].Days must be at least 1'],
    ['rules:\n  - { resource: AWS::S3::Bucket, Name: x, Days: 10 }\n', 'r.yaml:2:49 rules[0].Days must be at most 9'],
    [
      'rules:\n  - { resource: AWS::S3::Bucket, Name: x, Storage: GLACEIR }\n',
      'r.yaml:2:52 rules[0].Storage cannot be "GLACEIR"; did you mean GLACIER?',
    ],
    [
      'rules:\n  - { resource: AWS::S3::Bucket, Name: x, Storage: [x] }\n',
      'r.yaml:2:52 rules[0].Storage cannot be a list; one of STANDARD, GLACIER',
    ],
    ['rules:\n  - { resource: AWS::S3::Bucket, Name: x, Count: {} }\n', 'r.yaml:2:50 rules[0].Count must not be empty'],
    [
      'rules:\n  - { resource: AWS::S3::Bucket, Name: x, Count: { atLeast: 1, atMost: 2 } }\n',
      'r.yaml:2:50 rules[0].Count must hold exactly 1',
    ],
    [
      'rules:\n  - { resource: AWS::S3::Bucket, Name: x, Count: { atleast: 1 } }\n',
      'r.yaml:2:52 atleast is not a property of count; did you mean atLeast?',
    ],
    [
      'rules:\n  - { resource: AWS::S3::Bucket, Name: x, Count: true }\n',
      'r.yaml:2:50 rules[0].Count must be a number or a string, not true; quote it',
    ],
    ['rules: []\n', 'r.yaml:1:8 rules must not be empty'],
    ['rules: {}\n', 'r.yaml:1:8 rules must be a list, not an object'],
    ['[]\n', 'r.yaml:1:1 the file must be an object, not a list'],
    ['rule: []\n', 'r.yaml:1:1 rule is not a property of the rules; did you mean rules?'],
    ['controls: { CIS_3: [a] }\n', 'r.yaml:1:13 the name "CIS_3" must be the name of a framework, not "CIS_3"'],
    [
      'types: { AWS::KMS::Keys: {} }\n',
      'r.yaml:1:10 AWS::KMS::Keys is not a resource type; did you mean AWS::KMS::Key?',
    ],
    ['either: 5\n', 'r.yaml:1:9 either must be a string or an object, not the number 5; quote it'],
    ['either: { a: x }\n', 'r.yaml:1:14 either.a must be a number, not "x"'],
  ])('%j', async (text, mistake) => {
    expect(await mistakes(text)).toEqual([mistake]);
  });
});

test('several mistakes in the order of the file', async () => {
  expect(
    await mistakes('controls: { a: [], b: 1 }\nrules:\n  - { resource: AWS::S3::Bucket, Nam: 1, Public: 1 }\n'),
  ).toEqual([
    'r.yaml:1:16 controls.a must not be empty',
    'r.yaml:1:23 controls.b must be a list, not 1',
    'r.yaml:3:34 Nam is not a property of AWS::S3::Bucket; did you mean Name?',
    'r.yaml:3:50 rules[0].Public must be true or false, not 1',
  ]);
});

describe('keywords that our schemas use less', () => {
  test.each([
    [{ type: 'string', maxLength: 2 }, 'abc', 'x must hold at most 2'],
    [{ type: 'string', minLength: 2 }, 'a', 'x must hold at least 2'],
    [{ type: 'array', maxItems: 1 }, [1, 2], 'x must hold at most 1'],
    [{ type: 'number', exclusiveMinimum: 1 }, 1, 'x must be more than 1'],
    [{ type: 'number', exclusiveMaximum: 1 }, 1, 'x must be less than 1'],
    [{ type: 'array', uniqueItems: true }, [1, 1], 'x holds the same twice'],
    [{ type: 'number', multipleOf: 2 }, 1, 'x must be multiple of 2'],
    [{ type: 'string', pattern: '^a+$' }, 'b', 'x must be like ^a+$, not "b"'],
    [{ const: 1 }, 2, 'x must be 1, not 2'],
    [{ not: { type: 'string' } }, 'a', 'x cannot stand here'],
    [false, 'a', 'x cannot stand here'],
    [{ type: 'null' }, 'a'.repeat(70), `x must be null, not "${'a'.repeat(60)}…"`],
  ])('%j', (x, value, message) => {
    const check = ajv.compile({ type: 'object', properties: { x } });
    check({ x: value });
    const position = () => ({ line: 1, column: 1 });
    expect(schemaDiagnostics(check.errors, { file: 'f', position })).toEqual([
      { file: 'f', line: 1, column: 1, message },
    ]);
  });

  test('nothing wrong', () => {
    expect(schemaDiagnostics(null, { file: 'f', position: () => ({ line: 1, column: 1 }) })).toEqual([]);
  });
});

test('paths', () => {
  expect(pointerOf('/a~1b/0/c~0d')).toEqual(['a/b', 0, 'c~d']);
  expect(dotted(['Rules', 0, 'Status'])).toBe('Rules[0].Status');
});
