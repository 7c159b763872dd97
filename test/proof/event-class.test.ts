import { describe, expect, test } from 'vitest';
import { globalShare } from '../../src/proof/event-catalogue.ts';
import { narrow, readEventClass } from '../../src/proof/event-class.ts';

const field = (written: unknown) => {
  const set = readEventClass({ eventName: written }).fields.get('eventName');
  if (!set) throw new Error('no field');
  return set;
};
const has = (written: unknown, ...values: readonly (string | undefined)[]) =>
  values.map((value) => field(written).has(value) === 'yes');

describe('a field of an event class', () => {
  test.each<[string, unknown, readonly boolean[]]>([
    // Of: PutObject, GetObject, '', a record without the field.
    ['a value', 'PutObject', [true, false, false, false]],
    ['a list: one of them', ['PutObject', 'GetObject'], [true, true, false, false]],
    ['equals', { equals: 'PutObject' }, [true, false, false, false]],
    ['in', { in: ['PutObject', 'x'] }, [true, false, false, false]],
    ['like', { like: 'Put*' }, [true, false, false, false]],
    ['like, several', { like: ['Put*', 'Get*'] }, [true, true, false, false]],
    ['like, everything there is', { like: '*' }, [true, true, true, false]],
    ['not a value: absent is another', { not: 'PutObject' }, [false, true, true, true]],
    ['not a list', { not: ['PutObject', 'GetObject'] }, [false, false, true, true]],
    ['not like', { not: { like: '*Object' } }, [false, false, true, true]],
    ['exists', { exists: true }, [true, true, true, false]],
    ['exists not', { exists: false }, [false, false, false, true]],
    ['several operators hold together', { like: '*Object', not: 'GetObject' }, [true, false, false, false]],
    ['of nothing', [], [false, false, false, false]],
  ])('%s', (_, written, expected) => {
    expect(has(written, 'PutObject', 'GetObject', '', undefined)).toEqual(expected);
  });

  test('compares as text: flags too', () => {
    const set = readEventClass({ readOnly: true }).fields.get('readOnly');
    expect([set?.has('true'), set?.has(true), set?.has('false'), set?.has(false), set?.has(null)]).toEqual([
      'yes',
      'yes',
      'no',
      'no',
      'no',
    ]);
  });

  test('knows where its border runs', () => {
    expect(field({ like: ['a*b', 'c*', 'd'], not: 'e' })).toMatchObject({
      whole: ['d', 'e'],
      beginnings: ['a', 'c'],
      endings: ['b', ''],
    });
    expect(field({ like: 'a?' }).intricate).toBe(true);
    expect(field({ like: 'a*b*c' }).intricate).toBe(true);
    expect(field({ not: { like: 'a*b*c' } }).intricate).toBe(true);
  });
});

test.each([
  [undefined, undefined],
  ['all', undefined],
  ['us-east-1', ['us-east-1']],
  [
    ['us-east-1', 'eu-west-1'],
    ['us-east-1', 'eu-west-1'],
  ],
])('regions: %j', (regions, expected) => {
  expect(readEventClass({ eventName: 'a', ...(regions && { regions }) }).regions).toEqual(expected);
});

test('narrowed, an event must be in both', () => {
  const events = narrow(readEventClass({ eventName: ['a', 'b'], regions: 'us-east-1' }), {
    eventName: { not: 'a' },
    eventSource: 's',
  });
  const name = events.fields.get('eventName');
  expect([name?.has('a'), name?.has('b'), name?.has('c')]).toEqual(['no', 'yes', 'no']);
  expect(events.fields.get('eventSource')?.has('s')).toBe('yes');
  expect(events.regions).toEqual(['us-east-1']);
});

describe('events of global services', () => {
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['any source', {}, 'some'],
    ['management events', { eventCategory: 'Management' }, 'some'],
    ['data events have none', { eventCategory: 'Data', eventSource: 'iam.amazonaws.com' }, 'none'],
    ['iam', { eventSource: 'iam.amazonaws.com' }, 'all'],
    ['iam and organizations', { eventSource: ['iam.amazonaws.com', 'organizations.amazonaws.com'] }, 'all'],
    ['iam and kms', { eventSource: ['iam.amazonaws.com', 'kms.amazonaws.com'] }, 'some'],
    ['kms', { eventSource: 'kms.amazonaws.com' }, 'none'],
    ['all but kms', { eventSource: { not: 'kms.amazonaws.com' } }, 'some'],
    [
      'all but the global ones',
      {
        eventSource: {
          not: [
            'iam.amazonaws.com',
            'cloudfront.amazonaws.com',
            'route53.amazonaws.com',
            'organizations.amazonaws.com',
          ],
        },
      },
      'none',
    ],
  ])('%s', (_, written, expected) => {
    expect(globalShare(readEventClass(written))).toBe(expected);
  });
});
