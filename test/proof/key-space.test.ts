import { describe, expect, test } from 'vitest';
import { anyFile, anyObject, beginSome, type KeySpace, maxBytes } from '../../src/proof/key-space.ts';

const account = 'AWSLogs/111122223333/CloudTrail/';

describe('a folder that is known to the end', () => {
  const space: KeySpace = { prefix: account, open: false };
  test.each([
    ['', 'yes'],
    ['AWSLogs', 'yes'],
    ['AWSLogs/111122223333/CloudTrail', 'yes'],
    [account, 'yes'],
    [`${account}eu-west-1/2026/`, 'yes'],
    ['/AWSLogs', 'no'],
    ['AWSLogs/*', 'no'],
    ['AWSLogs/111122223333/CloudTrail-Digest/', 'no'],
    ['awslogs/', 'no'],
  ])('some keys begin with %j: %s', (prefix, truth) => {
    expect(beginSome(prefix, space)).toBe(truth);
  });

  test('of which nobody knows whether anything is there', () => {
    const doubtful: KeySpace = { ...space, doubtful: true };
    expect([beginSome('', doubtful), beginSome(`${account}eu-west-1/`, doubtful), beginSome('x', doubtful)]).toEqual([
      'unknown',
      'unknown',
      'no',
    ]);
  });
});

describe('a folder in which all keys go on with a number', () => {
  const space: KeySpace = { prefix: 'access', numbered: true, open: false };
  test.each([
    ['', 'yes'],
    ['acc', 'yes'],
    ['access', 'yes'],
    ['access2026-', 'yes'],
    ['access111122223333/', 'yes'],
    ['access/', 'no'],
    ['accessible', 'no'],
  ])('some keys begin with %j: %s', (prefix, truth) => {
    expect(beginSome(prefix, space)).toBe(truth);
  });
});

describe('a path whose end is not known', () => {
  const space: KeySpace = { prefix: 'AWSLogs/o-', open: true };
  test.each([
    ['', 'yes'],
    ['AWSLogs/', 'yes'],
    ['AWSLogs/o-', 'yes'],
    ['AWSLogs/o-abc/', 'unknown'],
    ['AWSLogs/111122223333/', 'no'],
  ])('some keys begin with %j: %s', (prefix, truth) => {
    expect(beginSome(prefix, space)).toBe(truth);
  });
});

describe('the folders of the accounts of an organization (aws-semantics §1.6)', () => {
  const space: KeySpace = { prefix: 'AWSLogs/o-abc/', inAccounts: 'CloudTrail/', open: false };
  test.each([
    ['AWSLogs/', 'yes'],
    ['AWSLogs/o-abc/', 'yes'],
    ['AWSLogs/o-abc/4444', 'yes'],
    ['AWSLogs/o-abc/444455556666', 'yes'],
    ['AWSLogs/o-abc/444455556666/', 'yes'],
    ['AWSLogs/o-abc/444455556666/Cloud', 'yes'],
    ['AWSLogs/o-abc/444455556666/CloudTrail/eu-west-1/', 'yes'],
    ['AWSLogs/o-abc/444455556666/CloudTrail-Digest/', 'no'],
    ['AWSLogs/o-abc/44445555666/CloudTrail/', 'no'],
    ['AWSLogs/o-abc/4444555566667/', 'no'],
    ['AWSLogs/o-abc/CloudTrail/', 'no'],
    ['AWSLogs/o-abc/x44455556666/', 'no'],
    ['AWSLogs/o-abc/44445555666x/', 'no'],
    ['AWSLogs/o-xyz/', 'no'],
    ['AWSLogs/444455556666/', 'no'],
  ])('some keys begin with %j: %s', (prefix, truth) => {
    expect(beginSome(prefix, space)).toBe(truth);
  });
});

test('files of CloudTrail have at most 50 MB, objects of anybody any size', () => {
  expect([maxBytes(anyFile), maxBytes(anyObject)]).toEqual([52_428_800, Number.POSITIVE_INFINITY]);
  expect([beginSome('x', anyFile), beginSome('', anyFile), beginSome('x', anyObject)]).toEqual([
    'unknown',
    'yes',
    'yes',
  ]);
});
