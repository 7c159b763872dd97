import { describe, expect, test } from 'vitest';
import { coverage } from '../../../src/proof/coverage.ts';
import { readEventClass } from '../../../src/proof/event-class.ts';
import { contains, type EventSet, type FieldTest, type FieldValue, testsIn } from '../../../src/proof/event-set.ts';
import { eventsOf } from '../../../src/proof/filter-pattern/events-of.ts';
import { expressionOf, patternOf } from './ask.ts';

const setOf = (text: string): EventSet => eventsOf(patternOf(text));

/** The one test of a comparison. */
function testOf(comparison: string): FieldTest {
  const set = eventsOf({ is: 'json', expression: expressionOf(comparison) });
  if (!('field' in set)) throw new Error(`${comparison} is decided`);
  return set;
}

const has = (set: EventSet, event: Readonly<Record<string, FieldValue>>) =>
  contains(set, new Map(Object.entries(event)));

/** Whether a filter matches every event of a class, and whether it matches any. */
function covers(text: string, events: Readonly<Record<string, unknown>>): string {
  const { every, some } = coverage([{ works: 'yes', events: setOf(text) }], readEventClass(events));
  return `every ${every}, some ${some}`;
}

describe('where the border of a comparison runs', () => {
  const none = { whole: [], beginnings: [], endings: [] };
  test.each<[string, Omit<FieldTest, 'field' | 'has'>]>([
    ['= a', { ...none, whole: ['a'] }],
    ['!= a', { ...none, whole: ['a'] }],
    ['= ""', { ...none, whole: [''] }],
    ['= a*', { ...none, beginnings: ['a'] }],
    ['!= *a', { ...none, endings: ['a'] }],
    ['= *', none],
    ['!= "*"', none],
    ['= *a*', { ...none, whole: ['a'], intricate: true }],
    ['= a*b', { ...none, whole: ['a*b'], intricate: true }],
    ['= a*b*', { ...none, whole: ['a*b'], intricate: true }],
    ['= *a*b', { ...none, whole: ['a*b'], intricate: true }],
    ['= %a%', { ...none, intricate: true }],
    ['= 1e3', { ...none, whole: [1000, '1e3'] }],
    ['!= 5', { ...none, whole: [5, '5'] }],
    ['< 5', { ...none, whole: [4, 5, 6], intricate: true }],
    ['>= -1', { ...none, whole: [-2, -1, 0], intricate: true }],
    ['IS TRUE', { ...none, whole: [true, false, null] }],
    ['IS FALSE', { ...none, whole: [true, false, null] }],
    ['IS NULL', { ...none, whole: [true, false, null] }],
    ['NOT EXISTS', none],
  ])('%s', (comparison, expected) => {
    const { field, has: _, ...border } = testOf(`$.userIdentity.invokedBy ${comparison}`);
    expect(field).toBe('userIdentity.invokedBy');
    expect(border).toEqual(expected);
  });
});

describe('what a field holds', () => {
  test.each<[string, FieldValue, string]>([
    ['= a', 'a', 'yes'],
    ['= a', 'b', 'no'],
    ['= a', undefined, 'no'],
    ['!= a', 'b', 'yes'],
    ['!= a', undefined, 'no'],
    ['NOT EXISTS', undefined, 'yes'],
    ['NOT EXISTS', null, 'no'],
    ['IS NULL', null, 'yes'],
    ['IS TRUE', true, 'yes'],
    ['IS TRUE', 'true', 'no'],
    ['> 3', 4, 'yes'],
    ['> 3', '4', 'no'],
    ['= %b%', 'abc', 'yes'],
    ['= %b%', 'ac', 'no'],
    ['!= %b%', 'ac', 'yes'],
    ['!= %b%', undefined, 'no'],
  ])('%s of %j: %s', (comparison, value, expected) => {
    expect(testOf(`$.x ${comparison}`).has(value)).toBe(expected);
  });

  test.each<[string, FieldValue, string]>([
    ['= true', true, 'unknown'],
    ['= true', 'true', 'yes'],
    ['= true', false, 'no'],
    ['!= true', true, 'no'],
    ['!= true', false, 'unknown'],
    ['!= a', true, 'unknown'],
    ['= *', false, 'unknown'],
    ['= %t%', true, 'unknown'],
    ['!= 5', true, 'unknown'],
    ['= 5', true, 'no'],
    ['= a', null, 'no'],
    ['!= a', null, 'unknown'],
    ['!= 5', null, 'unknown'],
    ['!= %a%', null, 'unknown'],
    ['> 5', null, 'no'],
  ])('how flags and null are compared nobody knows: %s of %j: %s', (comparison, value, expected) => {
    expect(testOf(`$.x ${comparison}`).has(value)).toBe(expected);
  });

  test.each<[string, FieldValue, string]>([
    ['= Ev*ent', 'Ev*ent', 'yes'],
    ['= Ev*ent', 'EvXent', 'unknown'],
    ['= Ev*ent', 'Event', 'unknown'],
    ['= Ev*ent', 'Events', 'no'],
    ['= Ev*ent*', 'Events', 'unknown'],
    ['= *Ev*ent', 'MyEvent', 'unknown'],
    ['= *Ev*ent', 'MyEvents', 'no'],
    ['!= Ev*ent', 'Ev*ent', 'no'],
    ['!= Ev*ent', 'EvXent', 'unknown'],
    ['!= Ev*ent', 'Events', 'yes'],
    ['= Ev*ent', undefined, 'no'],
    ['!= Ev*ent', undefined, 'no'],
    ['= 1*1', 101, 'unknown'],
    ['= a?b', 'axb', 'no'],
    ['!= a?b', 'axb', 'yes'],
  ])('whether an asterisk inside is one nobody knows: %s of %j: %s', (comparison, value, expected) => {
    expect(testOf(`$.x ${comparison}`).has(value)).toBe(expected);
  });

  test.each([
    ['%^Stop%', '…', 'no'],
    ['%^Stop%', 'Stop…', 'yes'],
    ['%[A-Z]%', '…', 'unknown'],
    ['%[a-z]+%', '…', 'unknown'],
    ['%^\\d{12}$%', '…', 'unknown'],
    ['%^[0-9.]+$%', '…', 'unknown'],
    ['%^198\\.51\\.100\\.7$%', '…', 'unknown'],
    ['%\\W%', '…', 'unknown'],
    ['%.%', '…', 'yes'],
    ['%[A-Z]%', 'a…b', 'unknown'],
    ['%a.*b%', 'a…b', 'yes'],
  ])('what a regular expression says of anything else must not hang on its spelling: %s of %s: %s', (...row) => {
    const [regex, value, expected] = row;
    expect(testOf(`$.x = ${regex}`).has(value)).toBe(expected);
  });
});

describe('fields that are more than a value', () => {
  test.each([
    'addendum',
    'additionalEventData',
    'edgeDeviceDetails',
    'insightDetails',
    'requestParameters',
    'resources',
    'responseElements',
    'serviceEventDetails',
    'tlsDetails',
    'userIdentity',
    'userIdentity.onBehalfOf',
    'userIdentity.sessionContext',
    'userIdentity.sessionContext.attributes',
    'userIdentity.sessionContext.sessionIssuer',
    'userIdentity.sessionContext.webIdFederationData',
  ])('%s is an object or a list: no comparison matches it', (field) => {
    for (const comparison of ['= *', '!= a', '> 1', 'IS TRUE', 'IS FALSE'])
      expect(setOf(`{ $.${field} ${comparison} }`)).toEqual({ any: [] });
    for (const question of ['NOT EXISTS', 'IS NULL']) {
      const asked = testOf(`$.${field} ${question}`);
      expect([asked.field, asked.has(undefined), asked.has('x')]).toEqual([field, 'unknown', 'unknown']);
    }
  });

  test.each(['resources.type', 'resources.ARN'])('by a name nothing is found in a list: %s', (field) => {
    expect(setOf(`{ $.${field} = * }`)).toEqual({ any: [] });
    expect(setOf(`{ $.${field} != a }`)).toEqual({ any: [] });
    expect(setOf(`{ $.${field} NOT EXISTS }`)).toEqual({ all: [] });
  });

  test.each([
    ['$.resources[0].ARN', 'resources.0.ARN'],
    ['$.resources[*].type', 'resources.*.type'],
    ['$.*', '*'],
    ["$.['userIdentity.type']", 'userIdentity.type'],
    ["$.requestParameters.['a.b']", 'requestParameters.a.b'],
  ])('what %s leads to is not known of an event', (selector, field) => {
    const asked = testOf(`${selector} = a`);
    expect(asked).toMatchObject({ field, whole: [], beginnings: [], endings: [] });
    expect([asked.has('a'), asked.has('b'), asked.has(undefined)]).toEqual(['unknown', 'unknown', 'unknown']);
  });

  test.each(['requestParameters.x', 'responseElements.x.y', 'serviceEventDetails.x'])(
    '%s may be an object as well',
    (field) => {
      const [equal, missing, isNull] = ['= a', 'NOT EXISTS', 'IS NULL'].map((it) => testOf(`$.${field} ${it}`));
      expect(equal).toMatchObject({ field, whole: ['a', null] });
      expect([equal?.has('a'), equal?.has('b'), equal?.has(null)]).toEqual(['yes', 'no', 'unknown']);
      expect(missing).toMatchObject({ whole: [null] });
      expect([missing?.has(undefined), missing?.has('a'), missing?.has(null)]).toEqual(['yes', 'no', 'no']);
      expect(isNull?.has(null)).toBe('unknown');
    },
  );

  test.each(['requestParametersX.x', 'my.requestParameters.x', 'additionalEventData.MFAUsed'])('%s is not', (field) => {
    expect(testOf(`$.${field} = a`).whole).toEqual(['a']);
  });
});

describe('everything, nothing, and what nobody knows', () => {
  test.each(['', ' ', '""', '" "'])('%j is every event', (text) => {
    expect(setOf(text)).toEqual({ all: [] });
  });

  test('columns are told apart in a way that is not documented', () => {
    expect(has(setOf('[a, b]'), { eventName: 'StopLogging' })).toBe('unknown');
    expect(testsIn(setOf('[a, b]'))).toMatchObject([{ field: 'eventName', whole: [] }]);
  });

  test.each<[text: string, stop: string, start: string]>([
    ['StopLogging', 'yes', 'unknown'],
    ['"StopLogging"', 'yes', 'unknown'],
    ['Stop', 'unknown', 'unknown'],
    ['StopLogging us-east-1', 'unknown', 'unknown'],
    ['?StopLogging ?StartLogging', 'yes', 'yes'],
    ['?StopLogging ?us-east-1', 'yes', 'unknown'],
    ['StopLogging ?us-east-1', 'yes', 'unknown'],
    ['StopLogging -us-east-1', 'unknown', 'unknown'],
    ['-StopLogging', 'no', 'unknown'],
    ['StopLogging -StopLogging', 'no', 'unknown'],
    ['-StopLogging -StartLogging', 'no', 'no'],
    ['%^StopLogging$%', 'unknown', 'unknown'],
    ['StopLogging ""', 'unknown', 'unknown'],
  ])('the words %s: StopLogging %s, StartLogging %s', (text, stop, start) => {
    const set = setOf(text);
    expect([has(set, { eventName: 'StopLogging' }), has(set, { eventName: 'StartLogging' })]).toEqual([stop, start]);
    expect(has(set, {})).not.toBe('yes');
  });

  test('a word is a value that the name of an event may have', () => {
    expect(testsIn(setOf('StopLogging %a%'))).toMatchObject([
      { field: 'eventName', whole: ['StopLogging'] },
      { field: 'eventName', whole: [] },
    ]);
  });
});

describe('whole classes of events', () => {
  const stop = { eventName: 'StopLogging' };
  const iam = { eventSource: 'iam.amazonaws.com' };
  const objects = { eventCategory: 'Data', 'resources.type': 'AWS::S3::Object' };
  const noMfa = { eventName: 'ConsoleLogin', 'additionalEventData.MFAUsed': { not: 'Yes' } };
  const and = (further: string) => `{ $.eventName = StopLogging && ${further} }`;
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['" "', iam, 'every yes, some yes'],
    ['{ $.eventName = * }', iam, 'every yes, some yes'],
    ['{ $.eventName NOT EXISTS }', iam, 'every no, some no'],
    ['{ $.eventSource = a && $.eventSource = b }', {}, 'every no, some no'],
    ['{ $.eventName = StopLogging }', stop, 'every yes, some yes'],
    ['{ $.eventName = Stop* || $.eventName != Stop* }', iam, 'every yes, some yes'],
    ['{ $.eventName = A* || $.eventName != AB* }', iam, 'every yes, some yes'],
    ['{ $.eventName = AB* || $.eventName != A* }', iam, 'every no, some yes'],
    ['{ $.eventName = *A || $.eventName != *BA }', iam, 'every yes, some yes'],
    ['{ $.errorCode = * || $.errorCode NOT EXISTS }', iam, 'every yes, some yes'],
    ['{ $.errorCode != AccessDenied }', { ...iam, errorCode: { exists: false } }, 'every no, some no'],
    [and('$.errorCode NOT EXISTS'), stop, 'every no, some yes'],
    [and('$.sourceIPAddress != 10.0.0.1'), stop, 'every no, some yes'],
    [and('$.sourceIPAddress != 10.*'), stop, 'every no, some yes'],
    [and('$.sourceIPAddress != *10.0*'), stop, 'every no, some yes'],
    [and('$.sourceIPAddress = %^10\\.%'), stop, 'every no, some unknown'],
    [and('$.sourceIPAddress != %^10\\.%'), stop, 'every unknown, some yes'],
    [and('$.userIdentity.accountId NOT EXISTS'), stop, 'every no, some yes'],
    [and('$.userIdentity = *'), stop, 'every no, some no'],
    [and('$.requestParameters NOT EXISTS'), stop, 'every unknown, some unknown'],
    [and('$.requestParameters.name = *'), stop, 'every no, some yes'],
    [and('($.requestParameters.name = * || $.requestParameters.name NOT EXISTS)'), stop, 'every unknown, some yes'],
    [and('$.requestParameters.name = main'), { ...stop, 'requestParameters.name': 'main' }, 'every yes, some yes'],
    ['{ $.resources.type = "AWS::S3::Object" }', objects, 'every no, some no'],
    ['{ $.resources.type NOT EXISTS }', objects, 'every yes, some yes'],
    ['{ $.resources[0].type = "AWS::S3::Object" }', objects, 'every unknown, some unknown'],
    ['{ $.eventName = %[A-Z]% }', iam, 'every unknown, some unknown'],
    ['{ $.eventName = %^Stop% }', iam, 'every no, some unknown'],
    ['{ $.eventName = %Stop% }', stop, 'every yes, some yes'],
    ['{ $.eventName = Stop*ging }', stop, 'every unknown, some unknown'],
    ['{ $.eventName = Start*ging }', stop, 'every no, some no'],
    ['{ $.eventName = *Logging* }', stop, 'every yes, some yes'],
    [and('$.readOnly IS FALSE'), stop, 'every yes, some yes'],
    [and('$.readOnly = false'), stop, 'every unknown, some unknown'],
    [and('$.readOnly IS TRUE'), stop, 'every no, some no'],
    [and('$.readOnly = true'), stop, 'every no, some no'],
    ['StopLogging', stop, 'every yes, some yes'],
    ['Stop', stop, 'every unknown, some unknown'],
    ['{ $.additionalEventData.MFAUsed != Yes }', noMfa, 'every no, some yes'],
    [
      '{ $.additionalEventData.MFAUsed != Yes || $.additionalEventData.MFAUsed NOT EXISTS }',
      noMfa,
      'every yes, some yes',
    ],
  ])('%s of %j: %s', (text, events, expected) => {
    expect(covers(text, events)).toBe(expected);
  });

  test('a field that many events share is asked once for each value', () => {
    const slow = testOf(`$.x = %${'a?'.repeat(400)}b%`);
    const value = 'a'.repeat(60);
    const asked = Array.from({ length: 5000 }, () => slow.has(value));
    expect(new Set(asked)).toEqual(new Set(['no']));
  });
});
