import { describe, expect, test } from 'vitest';
import { limit, narrow, readEventClass, valuesOf } from '../../src/proof/event-class.ts';

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
    ['a text that is empty', '', [false, false, true, false]],
    ['a character that stands for nothing', '\u0000', [false, false, false, false]],
    ['not anything that exists', { not: { exists: true } }, [false, false, false, true]],
    ['not what does not exist', { not: { exists: false } }, [true, true, true, false]],
    ['like, one character', { like: '?utObject' }, [true, false, false, false]],
    ['like, inside', { like: '*t*Object' }, [true, true, false, false]],
    ['like, longer than the text', { like: 'PutObject*Object' }, [false, false, false, false]],
  ])('%s', (_, written, expected) => {
    expect(has(written, 'PutObject', 'GetObject', '', undefined)).toEqual(expected);
  });

  test.each<[unknown, readonly boolean[]]>([
    // Of: true, 'true', 5, '5', null.
    [true, [true, false, false, false, false]],
    ['true', [true, true, false, false, false]],
    [5, [false, false, true, false, false]],
    ['5', [false, false, true, true, false]],
    [
      [true, '5'],
      [true, false, true, true, false],
    ],
    [{ not: true }, [false, true, true, true, true]],
  ])('a flag or number is that, a text may stand for one: %j', (written, expected) => {
    const set = readEventClass({ 'requestParameters.x': written }).fields.get('requestParameters.x');
    expect([true, 'true', 5, '5', null].map((value) => set?.has(value) === 'yes')).toEqual(expected);
  });

  test('a flag that records have as text is meant as one', () => {
    const set = readEventClass({ sessionCredentialFromConsole: true }).fields.get('sessionCredentialFromConsole');
    expect([set?.has('true'), set?.has(undefined)]).toEqual(['yes', 'no']);
  });

  test('knows where its border runs', () => {
    expect(field({ like: ['a*b', 'c*', 'd'], not: 'e' })).toMatchObject({
      whole: ['d', 'e'],
      beginnings: ['a', 'c'],
      endings: ['b', ''],
    });
    expect(field({ like: ['a*b', 'c*', 'd'], not: 'e' }).intricate).toBeUndefined();
  });

  test.each<[unknown, object]>([
    ['a', { whole: ['a'], beginnings: [], endings: [] }],
    [['a', 'b'], { whole: ['a', 'b'], beginnings: [], endings: [] }],
    [{ exists: true }, { whole: [], beginnings: [], endings: [] }],
    [{ like: 'a' }, { whole: ['a'], beginnings: [], endings: [] }],
    [{ like: 'a*' }, { whole: [], beginnings: ['a'], endings: [''] }],
    [{ like: '*a' }, { whole: [], beginnings: [''], endings: ['a'] }],
    // `ab*ba` takes neither of these, though both begin and end so.
    [{ like: 'ab*ba' }, { whole: ['aba'], beginnings: ['ab'], endings: ['ba'] }],
    [{ like: 'aa*aa' }, { whole: ['aaa', 'aa'], beginnings: ['aa'], endings: ['aa'] }],
    [{ not: { like: 'a*' } }, { whole: [], beginnings: ['a'], endings: [''] }],
    [{ like: 'a*b*c' }, { whole: [], beginnings: ['a'], endings: ['c'], intricate: true }],
    [{ not: { like: 'a*b*c' } }, { whole: [], beginnings: ['a'], endings: ['c'], intricate: true }],
    [{ like: 'a?' }, { whole: [], beginnings: [], endings: [], intricate: true }],
    [{ like: 'a?*' }, { whole: [], beginnings: [], endings: [], intricate: true }],
    [
      { like: ['a*', 'b?'], not: 'c' },
      { whole: ['c'], beginnings: ['a'], endings: [''], intricate: true },
    ],
  ])('%j has its border there', (written, border) => {
    const { field: name, has: _, ...found } = field(written);
    expect([name, found]).toEqual(['eventName', border]);
  });

  test('a beginning and an ending that are both long are not compared piece by piece', () => {
    const [short, long] = ['a'.repeat(256), 'a'.repeat(257)];
    expect(field({ like: `${short}*${long}` })).toMatchObject({ whole: expect.any(Array) });
    expect(field({ like: `${short}*${long}` }).whole).toHaveLength(256);
    expect(field({ like: `${long}*${long}` })).toMatchObject({ whole: [], intricate: true });
    const endless = 'a'.repeat(500_000);
    expect(has({ like: `${endless}*${endless}` }, endless)).toEqual([false]);
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

test('limited to some of its values, the rest of it stays', () => {
  const events = limit(readEventClass({ eventName: ['a', 'b'], eventSource: 's', regions: 'us-east-1' }), 'eventName', [
    'b',
  ]);
  expect([valuesOf(events, 'eventName'), valuesOf(events, 'eventSource'), events.regions]).toEqual([
    ['b'],
    ['s'],
    ['us-east-1'],
  ]);
  expect(events.fields.get('eventName')?.field).toBe('eventName');
});

describe('the values that a field of a class is limited to', () => {
  test.each<[unknown, readonly string[] | undefined]>([
    ['a', ['a']],
    [
      ['a', 'b', 'a'],
      ['a', 'b'],
    ],
    [[], []],
    [{ in: ['a', 'b'], not: 'a' }, ['b']],
    [{ like: ['a', 'b'] }, ['a', 'b']],
    [{ exists: true }, undefined],
    [{ exists: false }, undefined],
    [{ not: 'a' }, undefined],
    [{ not: 'a', exists: true }, undefined],
    [{ like: 'a*' }, undefined],
    [{ like: '*a' }, undefined],
    [{ like: 'a?' }, undefined],
    [{ in: ['a', '…'] }, ['a', '…']],
    [{ in: ['a', '…'], like: 'a*' }, undefined],
  ])('%j: %j', (written, expected) => {
    expect(valuesOf(readEventClass({ eventName: written }), 'eventName')).toEqual(expected);
  });

  test('of a field that does not narrow it: any', () => {
    expect(valuesOf(readEventClass({ eventName: 'a' }), 'eventSource')).toBeUndefined();
  });

  test('flags are texts', () => {
    expect(valuesOf(readEventClass({ readOnly: [true, false] }), 'readOnly')).toEqual(['true', 'false']);
  });
});
