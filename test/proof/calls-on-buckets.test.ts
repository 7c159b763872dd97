import { describe, expect, test } from 'vitest';
import { coverage } from '../../src/proof/coverage.ts';
import { narrow, readEventClass } from '../../src/proof/event-class.ts';
import { readSelectors } from '../../src/proof/selectors.ts';
import { describeWitness } from '../../src/proof/witness-text.ts';
import { advanced, amount, covered, how, inBucket, object, working } from './asking-coverage.ts';

const arn = (path: string): string => `arn:aws:s3:::${path}`;
const selecting = (conditions: object) => advanced({ ...object, 'resources.ARN': conditions });
const listing = { ...inBucket, eventName: 'ListObjects' };
const reads = { ...inBucket, readOnly: true };
const writes = { ...inBucket, readOnly: false };

describe('the record of a call on a bucket has no ARN of an object (U2)', () => {
  test.each<[string, object, string]>([
    ['the bucket', { StartsWith: [arn('b/')] }, 'all'],
    ['buckets whose names begin so', { StartsWith: [arn('b')] }, 'all'],
    ['all buckets', { StartsWith: ['arn:aws:s3:::'] }, 'all'],
    ['the bucket among others', { StartsWith: [arn('a/x/'), arn('b/')] }, 'all'],
    [
      'the bucket, and part of it besides',
      { StartsWith: [arn('b/')], Equals: [arn('b/k')], EndsWith: ['.log'] },
      'all',
    ],
    ['all buckets but another', { NotStartsWith: [arn('logs/')] }, 'all'],
    ['all but part of another', { NotStartsWith: [arn('bb/tmp/')], NotEquals: [arn('bb/k')] }, 'all'],
    ['another bucket', { StartsWith: [arn('bb/')] }, 'none'],
    ['part of another', { StartsWith: [arn('bb/logs/')] }, 'none'],
    ['an object of another', { Equals: [arn('bb/k'), arn('bb')] }, 'none'],
    ['all buckets but this one', { NotStartsWith: [arn('b/')] }, 'none'],
    ['all but this one and part of it', { NotStartsWith: [arn('b/'), arn('b/k')], NotEndsWith: ['.log'] }, 'none'],
    ['part of it', { StartsWith: [arn('b/logs/')] }, 'uncertain'],
    ['one object', { Equals: [arn('b/k')] }, 'uncertain'],
    ['the bucket by itself', { Equals: [arn('b')] }, 'uncertain'],
    ['its objects, as if they were one', { Equals: [arn('b/')] }, 'uncertain'],
    ['an ending', { EndsWith: ['.log'] }, 'uncertain'],
    ['all but part of it', { NotStartsWith: [arn('b/tmp/')] }, 'uncertain'],
    ['all but one object', { NotEquals: [arn('b/k')] }, 'uncertain'],
    ['the bucket but for an ending', { StartsWith: [arn('b/')], NotEndsWith: ['.tmp'] }, 'uncertain'],
    ['the bucket but for part of it', { StartsWith: [arn('b/')], NotStartsWith: [arn('b/tmp/')] }, 'uncertain'],
    ['part of it, and not the bucket', { StartsWith: [arn('b/logs/')], NotStartsWith: [arn('b')] }, 'none'],
  ])('what selects %s', (_, conditions, expected) => {
    expect(amount(how(selecting(conditions), listing))).toBe(expected);
  });

  test('nor does it matter what part the call is about', () => {
    const logs = { ...listing, 'resources.ARN': { like: arn('b/logs/*') } };
    expect(amount(how(selecting({ StartsWith: [arn('b/logs/')] }), logs))).toBe('uncertain');
    expect(amount(how(selecting({ StartsWith: [arn('b/')] }), logs))).toBe('all');
    expect(amount(how(selecting({ NotStartsWith: [arn('b/')] }), logs))).toBe('none');
  });

  test.each(['ListObjects', 'ListObjectsV2', 'ListObjectVersions', 'ListMultipartUploads', 'HeadBucket'])(
    '%s is one',
    (eventName) => {
      const asked = { ...inBucket, eventName };
      expect(amount(how(selecting({ StartsWith: [arn('b/logs/')] }), asked))).toBe('uncertain');
    },
  );

  test('a basic selector leaves the same open', () => {
    const of = (value: string) =>
      readSelectors([{ DataResources: [{ Type: 'AWS::S3::Object', Values: [value] }] }], undefined);
    const values = ['arn:aws:s3', arn('b/'), arn('b/logs/'), arn('bb/logs/')];
    expect(values.map((value) => amount(how(of(value), listing)))).toEqual(['all', 'all', 'uncertain', 'none']);
  });

  test('another type of resource has no such calls', () => {
    const of = (conditions: object) => ({
      eventCategory: { Equals: ['Data'] },
      'resources.type': { Equals: ['AWS::DynamoDB::Table'] },
      'resources.ARN': conditions,
    });
    const tables = { eventCategory: 'Data', 'resources.type': 'AWS::DynamoDB::Table' };
    const selectors = advanced(of({ EndsWith: ['x'] }), of({ NotEndsWith: ['x'] }));
    expect(amount(how(selectors, tables))).toBe('all');
  });
});

describe('a class that has such calls among others', () => {
  const part = { StartsWith: [arn('b/logs/')] };
  const rest = { NotStartsWith: [arn('b/logs/')] };
  const both = [part, rest].map((conditions) => working(selecting(conditions)));

  test('a part and the rest are every write, and perhaps every read', () => {
    expect(amount(covered(both, writes))).toBe('all');
    const { every, some, open } = covered(both, reads);
    expect([every, some]).toEqual(['unknown', 'yes']);
    expect(describeWitness(open ?? new Map())).toBe('ListObjects on arn:aws:s3:::b/logs/…');
    expect(covered(both, inBucket).every).toBe('unknown');
  });

  test('where something else is missed it is that', () => {
    const { every, missed } = how(selecting(part), reads);
    expect([every, describeWitness(missed ?? new Map())]).toEqual(['no', 'Data reads on arn:aws:s3:::b/…']);
  });

  test('what is missed of other types is none of them', () => {
    const tables = { eventCategory: { Equals: ['Data'] }, 'resources.type': { Equals: ['AWS::DynamoDB::Table'] } };
    const selectors = advanced(
      { ...tables, 'resources.ARN': { EndsWith: ['x'] } },
      { ...object, 'resources.ARN': { NotEquals: [arn('b/k')] } },
    );
    const { missed } = how(selectors, { eventCategory: 'Data' });
    expect(describeWitness(missed ?? new Map())).not.toMatch(/List|HeadBucket/);
  });

  test('one that records the bucket settles it', () => {
    expect(amount(covered([...both, working(selecting({ StartsWith: [arn('b/')] }))], reads))).toBe('all');
  });

  test('what is read of part of a bucket may be listed', () => {
    const logs = { ...reads, 'resources.ARN': { like: arn('b/logs/*') } };
    expect(how(selecting(part), logs)).toMatchObject({ every: 'unknown', some: 'yes' });
    expect(amount(how(selecting(part), { ...logs, readOnly: false }))).toBe('all');
  });

  test('nobody lists a single object, unless the class says so', () => {
    const one = { ...reads, 'resources.ARN': arn('b/logs/k') };
    expect(amount(how(selecting(part), one))).toBe('all');
    expect(amount(how(selecting(part), { ...one, eventName: ['GetObject', 'HeadObject'] }))).toBe('all');
    expect(how(selecting(part), { ...one, eventName: ['GetObject', 'ListObjects'] }).every).toBe('unknown');
    // A bucket narrows what it is asked to what lies in it.
    const asked = narrow(readEventClass(one), { 'resources.ARN': { like: arn('b/*') } });
    expect(coverage([working(selecting(part))], asked).every).toBe('yes');
    expect(how(selecting(part), { ...one, 'resources.ARN': { like: arn('b/logs/?') } }).open?.get('eventName')).toBe(
      'ListObjects',
    );
  });
});
