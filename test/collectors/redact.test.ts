import { describe, expect, test } from 'vitest';
import { redact, secret } from '../../src/collectors/redact.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { ShapeNode } from '../../src/resource-types/shape.ts';
import { resourceNode } from '../../src/snapshot/spelling.ts';

describe('an answer that is kept', () => {
  test('tells nobody who wrote what, how they sign in and what their programs hold', () => {
    const answer = {
      $metadata: { requestId: 'r-1' },
      Credentials: { AccessKeyId: 'AKIA', SecretAccessKey: 's', SessionToken: 't' },
      Organization: { Id: 'o-1', MasterAccountEmail: 'root@example.com' },
      Accounts: [{ Id: '111122223333', Email: 'ops@example.com' }],
      Rules: [{ Name: 'tampering', Description: 'ask Jane', CreatedBy: '111122223333' }],
      MetricAlarms: [{ AlarmName: 'a', AlarmDescription: 'call +1 555 0100', StateReason: 'x', StateReasonData: '{}' }],
      Functions: [{ FunctionName: 'f', Environment: { Variables: { TOKEN: 'secret' } }, CodeSha256: 'c2hh' }],
      Targets: [{ Id: 't', Input: '{"password":"x"}', HttpParameters: { HeaderParameters: { 'X-Api-Key': 'k' } } }],
      alarms: [{ name: 'small', description: 'ask Jane' }],
    };
    expect(redact(answer)).toEqual({
      Organization: { Id: 'o-1' },
      Accounts: [{ Id: '111122223333' }],
      Rules: [{ Name: 'tampering' }],
      MetricAlarms: [{ AlarmName: 'a' }],
      Functions: [{ FunctionName: 'f' }],
      Targets: [{ Id: 't' }],
      alarms: [{ name: 'small' }],
    });
  });

  test('has no URL that lets in whoever has it', () => {
    const signed = 'https://b.s3.amazonaws.com/f.zip?X-Amz-Date=20261120&X-Amz-Signature=abc';
    const plain = 'https://sqs.us-east-1.amazonaws.com/111122223333/q?x=1';
    expect(
      redact({ RepositoryType: 'S3', Location: signed, Old: 'https://b/f?AWSAccessKeyId=A&Signature=b', Url: plain }),
    ).toEqual({
      RepositoryType: 'S3',
      Url: plain,
    });
  });

  test.each(['tags', 'Tags', 'dimensions'])('keeps the keys of %s, whatever they are called', (name) => {
    const map = { Environment: 'prod', Description: 'logs', Code: 'x', DisplayName: 'y' };
    expect(redact({ [name]: map })).toEqual({ [name]: map });
  });

  test('keeps policies to the letter', () => {
    const Policy = '{"Statement":[{"Sid":"Description","Condition":{"StringEquals":{"Email":"a@example.com"}}}]}';
    expect(redact({ Policy })).toEqual({ Policy });
  });
});

const namesIn = (node: ShapeNode): readonly string[] => {
  if (node.kind === 'list') return namesIn(node.of);
  if (node.kind !== 'object') return [];
  return Object.entries(node.properties).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
};

test('nothing that a resource type declares is among what is never kept', () => {
  const declared = Object.values(resourceTypes).flatMap((type) => namesIn(resourceNode(type)));
  expect(declared.length).toBeGreaterThan(200);
  expect(declared.filter((name) => secret.has(name))).toEqual([]);
});

describe('a policy of IAM', () => {
  test('is read out of its percent-encoding, so that ids in it are found', () => {
    const Document = encodeURIComponent('{"Statement":{"Principal":{"AWS":"111122223333"}}}');
    expect(redact({ Document })).toEqual({ Document: '{"Statement":{"Principal":{"AWS":"111122223333"}}}' });
  });

  test('that is none stays as it is', () => {
    expect(redact({ Document: '%7B%', Name: '100%25' })).toEqual({ Document: '%7B%', Name: '100%25' });
  });
});
