import { describe, expect, test } from 'vitest';
import type { Truth } from '../../src/proof/answer.ts';
import { readEventClass } from '../../src/proof/event-class.ts';
import {
  alwaysIn,
  contains,
  type EventSet,
  type FieldTest,
  type FieldValue,
  fieldsIn,
  mayContain,
  nobodyKnowsWhich,
  restOf,
  testsIn,
} from '../../src/proof/event-set.ts';
import { glancing, onlyValues } from '../../src/proof/glance.ts';

const is = (field: string, value: FieldValue): FieldTest => ({
  field,
  has: (given) => (given === value ? 'yes' : 'no'),
  whole: [value],
  beginnings: [],
  endings: [],
});
const unsure = (field: string): FieldTest => ({ ...is(field, ''), has: () => 'unknown' });
const event = (fields: Readonly<Record<string, FieldValue>>) => new Map(Object.entries(fields));
const [a, b, c] = [is('f', 'a'), is('f', 'b'), is('g', 'c')];

describe('whether an event is in a set', () => {
  test.each<[string, EventSet, Truth]>([
    ['a test that it passes', a, 'yes'],
    ['a test that it fails', b, 'no'],
    ['of a field that it lacks', is('h', undefined), 'yes'],
    ['a test of which nobody knows', unsure('f'), 'unknown'],
    ['all of none', { all: [] }, 'yes'],
    ['any of none', { any: [] }, 'no'],
    ['all', { all: [a, c] }, 'yes'],
    ['all but one', { all: [a, b] }, 'no'],
    ['all, as far as known', { all: [a, unsure('f')] }, 'unknown'],
    ['not all, whatever the other is', { all: [unsure('f'), b] }, 'no'],
    ['any', { any: [b, c] }, 'yes'],
    ['none', { any: [b, is('g', 'd')] }, 'no'],
    ['one, whatever the other is', { any: [unsure('f'), a] }, 'yes'],
    ['none, as far as known', { any: [unsure('f'), b] }, 'unknown'],
    ['not', { not: a }, 'no'],
    ['not not', { not: { not: a } }, 'yes'],
    ['not one of which nobody knows', { not: unsure('f') }, 'unknown'],
    ['some, and nobody knows which', nobodyKnowsWhich, 'unknown'],
  ])('%s', (_, set, expected) => {
    expect(contains(set, event({ f: 'a', g: 'c' }))).toBe(expected);
  });

  test.each<[string, EventSet, boolean]>([
    ['passes', a, true],
    ['fails', b, false],
    ['of a field that nobody gave', is('h', 'x'), true],
    ['fails one of all', { all: [is('h', 'x'), b] }, false],
    ['fails each of any', { any: [b, b] }, false],
    ['fails one of any', { any: [b, is('h', 'x')] }, true],
    ['not what is not known', { not: is('h', 'x') }, true],
    ['not what it passes', { not: a }, false],
  ])('whether it may be, of what is known: %s', (_, set, expected) => {
    expect(mayContain(set, event({ f: 'a' }))).toBe(expected);
  });
});

describe('what is left to ask of an event of which some is known', () => {
  const known = event({ f: 'a' });
  test.each<[string, EventSet, EventSet]>([
    ['what it passes: nothing', a, { all: [] }],
    ['what it fails: there is no such event', b, { any: [] }],
    ['what nobody knows stays', unsure('f'), unsure('f')],
    ['another field stays', c, c],
    ['not', { not: a }, { not: { all: [] } }],
    ['all: what is left of it', { all: [a, c] }, { all: [c] }],
    ['all: none, if one fails', { all: [c, b] }, { any: [] }],
    ['all, passed', { all: [a, a] }, { all: [] }],
    ['any: what is left of it', { any: [b, c] }, { any: [c] }],
    ['any: every event, if one passes', { any: [c, a] }, { all: [] }],
    ['any, failed', { any: [b, b] }, { any: [] }],
    ['any of several selectors', { any: [{ all: [b, c] }, { all: [a, c] }] }, { any: [{ all: [c] }] }],
    ['all of several', { all: [{ any: [b, c] }, { any: [a, b] }] }, { all: [{ any: [c] }] }],
  ])('%s', (_, set, rest) => {
    const shape = (it: EventSet): unknown =>
      'field' in it
        ? [it.field, it.whole]
        : 'not' in it
          ? { not: shape(it.not) }
          : 'any' in it
            ? { any: it.any.map(shape) }
            : { all: it.all.map(shape) };
    expect(shape(restOf(set, known))).toEqual(shape(rest));
  });
});

test('every test in a set, however deep', () => {
  expect(testsIn({ any: [a, { all: [{ not: b }, c] }, { any: [] }] })).toEqual([a, b, c]);
});

describe('at a glance', () => {
  const values = (written: Readonly<Record<string, unknown>>) => [...onlyValues(readEventClass(written))];

  test('the fields that have one value in every event of a class', () => {
    expect(
      values({
        eventName: 'a',
        eventSource: ['a', 'b'],
        errorCode: { exists: false },
        errorMessage: { exists: true },
        'userIdentity.arn': { like: 'a*' },
        'userIdentity.type': { like: '*a' },
        awsRegion: { not: 'a' },
        readOnly: { not: true },
        vpcEndpointId: { in: ['a', 'b'], not: 'a' },
        recipientAccountId: [],
        requestID: { like: ['a?', 'b'] },
        userAgent: '',
      }),
    ).toEqual([
      ['eventName', 'a'],
      ['errorCode', undefined],
      ['readOnly', false],
      ['vpcEndpointId', 'b'],
      ['userAgent', ''],
    ]);
  });

  test('a set may hold one of the calls, whichever', () => {
    const isAbout = glancing(
      readEventClass({ eventSource: 's3.amazonaws.com', eventName: ['PutObject', 'GetObject'] }),
    );
    const set = (field: string, value: FieldValue) => isAbout(is(field, value));
    expect([set('eventName', 'PutObject'), set('eventName', 'GetObject'), set('eventName', 'CopyObject')]).toEqual([
      true,
      true,
      false,
    ]);
    expect([set('eventSource', 's3.amazonaws.com'), set('eventSource', 'iam.amazonaws.com')]).toEqual([true, false]);
    // What their names say: they are data events, one reads and one writes.
    expect([set('eventCategory', 'Data'), set('eventCategory', 'Management')]).toEqual([true, false]);
    const both = (name: string, readOnly: boolean) =>
      isAbout({ all: [is('eventName', name), is('readOnly', readOnly)] });
    expect([both('PutObject', false), both('PutObject', true), both('GetObject', true)]).toEqual([true, false, true]);
    expect(set('errorCode', 'x')).toBe(true);
  });

  test('a set is looked at once', () => {
    let asked = 0;
    const counting: FieldTest = {
      ...is('eventName', 'x'),
      has: () => {
        asked += 1;
        return 'yes';
      },
    };
    const isAbout = glancing(
      readEventClass({ eventCategory: 'Data', readOnly: true, eventType: 'AwsApiCall', eventName: 'x' }),
    );
    expect(isAbout(counting)).toBe(true);
    const before = asked;
    expect([isAbout(counting), asked]).toEqual([true, before]);
  });

  test('a set that names other calls alone', () => {
    const isAbout = glancing(readEventClass({ eventCategory: 'Management', eventName: ['CreateUser', 'CreateRole'] }));
    const named = (...names: readonly string[]): boolean =>
      isAbout({ all: [{ any: names.map((name) => is('eventName', name)) }, is('errorCode', 'x')] });
    expect([named('CreateRole', 'x'), named('x', 'y'), isAbout({ not: is('eventName', 'x') })]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('a class that names no calls', () => {
    const isAbout = glancing(readEventClass({ eventSource: 's3.amazonaws.com' }));
    expect([isAbout(is('eventSource', 's3.amazonaws.com')), isAbout(is('eventSource', 'x'))]).toEqual([true, false]);
  });
});

test.each<[string, EventSet, Truth]>([
  ['all of none', { all: [] }, 'yes'],
  ['any of none', { any: [] }, 'no'],
  ['a test', a, 'unknown'],
  ['not any of none', { any: [{ not: { any: [] } }, a] }, 'yes'],
  ['all of none, and a test', { all: [{ all: [] }, a] }, 'unknown'],
  ['nothing, and a test', { all: [{ any: [] }, a] }, 'no'],
])('whether every event is in %s', (_, set, truth) => {
  expect(alwaysIn(set)).toBe(truth);
});

test('the fields that a set asks about', () => {
  expect(fieldsIn({ all: [a, { any: [{ not: c }, b] }] })).toEqual(new Set(['f', 'g']));
  expect(fieldsIn({ all: [] })).toEqual(new Set());
});
