import { describe, expect, test } from 'vitest';
import { matches } from './matching.ts';

describe('the tricky rows (aws-semantics §7.4)', () => {
  const mfa = { additionalEventData: { MFAUsed: [{ 'anything-but': 'Yes' }] } };
  const root = {
    userIdentity: { type: ['Root'], invokedBy: [{ exists: false }] },
    eventType: [{ 'anything-but': 'AwsServiceEvent' }],
  };
  const resources = { r: { type: ['T'], ARN: ['B'] } };
  test.each<[string, unknown, unknown, boolean]>([
    ['a missing field with anything-but', { a: [{ 'anything-but': 'x' }] }, {}, false],
    ['a missing field with an empty prefix', { a: [{ prefix: '' }] }, {}, false],
    ['a missing field with a wildcard', { a: [{ wildcard: '*' }] }, {}, false],
    ['a missing field with null', { a: [null] }, {}, false],
    ['anything-but, or missing', { a: [{ 'anything-but': 'x' }, { exists: false }] }, {}, true],
    ['exists false of an object', { a: [{ exists: false }] }, { a: { b: 1 } }, true],
    ['exists false of an empty list', { a: [{ exists: false }] }, { a: [] }, true],
    ['exists false of an empty object', { a: [{ exists: false }] }, { a: {} }, true],
    [
      'two elements',
      resources,
      {
        r: [
          { type: 'T', ARN: 'A' },
          { type: 'U', ARN: 'B' },
        ],
      },
      false,
    ],
    [
      'the same element',
      resources,
      {
        r: [
          { type: 'U', ARN: 'A' },
          { type: 'T', ARN: 'B' },
        ],
      },
      true,
    ],
    ['anything but one or the other', { a: [{ 'anything-but': 'x' }, { 'anything-but': 'y' }] }, { a: 'x' }, true],
    ['anything-but of a list', { a: [{ 'anything-but': 'x' }] }, { a: ['x', 'y'] }, true],
    ['a dotted key', { 'state.status': ['on'] }, { state: { status: 'on' } }, true],
    ['$or and a sibling', { source: ['aws.iam'], $or: [{ a: [1] }, { b: [1] }] }, { source: 'aws.iam', b: 1 }, true],
    ['$or and another sibling', { source: ['aws.iam'], $or: [{ a: [1] }, { b: [1] }] }, { source: 'x', b: 1 }, false],
    [
      'a sign-in is no API call',
      { 'detail-type': ['AWS API Call via CloudTrail'] },
      { 'detail-type': 'AWS Console Sign In via CloudTrail' },
      false,
    ],
    ['MFA, where nobody says', mfa, { additionalEventData: {} }, false],
    ['MFA, not used', mfa, { additionalEventData: { MFAUsed: 'No' } }, true],
    ['root itself', root, { userIdentity: { type: 'Root' }, eventType: 'AwsApiCall' }, true],
    ['root for a service', root, { userIdentity: { type: 'Root', invokedBy: 'x' }, eventType: 'AwsApiCall' }, false],
    ['of two equal keys the last', '{"a":["x"],"a":["y"]}', { a: 'y' }, true],
    ['what every object inherits is no field', { constructor: [{ exists: true }] }, {}, false],
    ['dotted keys of an event', { a: { b: [1], c: [2] } }, { 'a.b': 1, 'a.c': 2 }, true],
  ])('%s', (_, pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });
});
