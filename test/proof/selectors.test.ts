import { describe, expect, test } from 'vitest';
import type { Truth } from '../../src/proof/answer.ts';
import { contains, testsIn, type Witness } from '../../src/proof/event-set.ts';
import { type FieldSelector, readSelectors, recordedBy, refusedBy } from '../../src/proof/selectors.ts';

const field = (conditions: Partial<FieldSelector>): FieldSelector => ({
  field: 'x',
  equals: [],
  startsWith: [],
  endsWith: [],
  notEquals: [],
  notStartsWith: [],
  notEndsWith: [],
  ...conditions,
});

type Event = Readonly<Record<string, string | boolean>>;
const truth = (basic: unknown, advanced: unknown, event: Event): Truth => {
  const witness: Witness = new Map(Object.entries(event));
  return contains(recordedBy(readSelectors(basic, advanced)), witness);
};
const recorded = (basic: unknown, advanced: unknown, event: Event): boolean => truth(basic, advanced, event) === 'yes';

describe('a field of a selector (aws-semantics §2.4)', () => {
  test.each<[string, Partial<FieldSelector>, readonly boolean[]]>([
    // Of: ab, abc, c, a record without the field.
    ['equals', { equals: ['ab'] }, [true, false, false, false]],
    ['starts with', { startsWith: ['ab'] }, [true, true, false, false]],
    ['ends with', { endsWith: ['c'] }, [false, true, true, false]],
    ['what selects adds up', { equals: ['c'], startsWith: ['abc'] }, [false, true, true, false]],
    ['not equals', { notEquals: ['ab'] }, [false, true, true, true]],
    ['not starts with', { notStartsWith: ['ab'] }, [false, false, true, true]],
    ['not ends with', { notEndsWith: ['c'] }, [true, false, false, true]],
    ['what deselects wins', { equals: ['ab', 'abc'], notEquals: ['ab'] }, [false, true, false, false]],
    ['nothing is asked', {}, [true, true, true, true]],
  ])('%s', (_, conditions, expected) => {
    expect(['ab', 'abc', 'c', undefined].map((value) => refusedBy(field(conditions), value) === undefined)).toEqual(
      expected,
    );
  });

  test.each<[string, Partial<FieldSelector>, string | undefined, string | undefined]>([
    ['Equals', { equals: ['b'] }, 'ab', 'Equals'],
    ['StartsWith', { startsWith: ['b'] }, 'ab', 'StartsWith'],
    ['EndsWith', { endsWith: ['a'] }, 'ab', 'EndsWith'],
    [
      'all that select',
      { equals: ['x'], startsWith: ['y'], endsWith: ['z'] },
      'ab',
      'Equals and StartsWith and EndsWith',
    ],
    ['none that selects', { equals: ['x'], endsWith: ['b'] }, 'ab', undefined],
    ['NotEquals', { equals: ['ab'], notEquals: ['ab'] }, 'ab', 'NotEquals'],
    ['NotStartsWith', { notStartsWith: ['x', 'a'] }, 'ab', 'NotStartsWith'],
    ['NotEndsWith', { notEndsWith: ['x', 'b'] }, 'ab', 'NotEndsWith'],
    ['what selects, of a record without the field', { endsWith: ['b'] }, undefined, 'EndsWith'],
    ['nothing that deselects, of a record without the field', { notEquals: ['undefined'] }, undefined, undefined],
  ])('is refused by %s', (_, conditions, value, expected) => {
    expect(refusedBy(field(conditions), value)).toBe(expected);
  });

  test('a flag is compared as its text, and null is no value', () => {
    expect([true, false, null].map((value) => refusedBy(field({ equals: ['true'] }), value))).toEqual([
      undefined,
      'Equals',
      'Equals',
    ]);
    expect(refusedBy(field({ notEquals: ['null'] }), null)).toBeUndefined();
  });

  test.each([
    ['amzn-s3-demo-bucket/object1', true],
    ['amzn-s3-demo-bucket/object2', true],
    ['amzn-s3-demo-bucket1/object3', true],
    ['amzn-s3-demo-bucket/deselectObject4', false],
    ['amzn-s3-demo-bucket/object5', false],
    ['amzn-s3-demo-bucket/object6', false],
  ])("AWS's own table (§2.4): %s", (object, expected) => {
    const arn = (name: string) => `arn:aws:s3:::${name}`;
    const selector = field({
      equals: [arn('amzn-s3-demo-bucket/object1')],
      startsWith: [arn('amzn-s3-demo-bucket/')],
      endsWith: ['object3'],
      notStartsWith: [arn('amzn-s3-demo-bucket/deselect')],
      notEndsWith: ['object5'],
      notEquals: [arn('amzn-s3-demo-bucket/object6')],
    });
    expect(refusedBy(selector, arn(object)) === undefined).toBe(expected);
  });
});

describe('the two forms', () => {
  const management = { eventCategory: 'Management', readOnly: 'false', eventSource: 'ec2.amazonaws.com' };
  const data = {
    eventCategory: 'Data',
    readOnly: 'false',
    'resources.type': 'AWS::S3::Object',
    'resources.ARN': 'arn:aws:s3:::b/k',
  };

  test('none at all: all management events, no data (S1, S2, T10)', () => {
    for (const nothing of [undefined, []]) {
      expect(recorded(nothing, nothing, management)).toBe(true);
      expect(recorded(nothing, nothing, data)).toBe(false);
    }
  });

  test('the advanced one wins', () => {
    const basic = [{ ReadWriteType: 'All' }];
    const advanced = [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }];
    expect(recorded(basic, advanced, management)).toBe(false);
    expect(recorded(basic, [], management)).toBe(true);
  });

  const category = (...Equals: readonly string[]) => ({ Field: 'eventCategory', Equals });

  test('each field of a selector has to pass, also one that is there twice; of several selectors one', () => {
    const twice = [category('Management'), { Field: 'eventSource', NotEquals: ['ec2.amazonaws.com'] }];
    const one = [...twice, { Field: 'eventSource', EndsWith: ['.amazonaws.com'] }];
    expect(recorded(undefined, [{ FieldSelectors: one }], management)).toBe(false);
    expect(
      recorded(undefined, [{ FieldSelectors: one }, { FieldSelectors: [category('Management')] }], management),
    ).toBe(true);
  });

  test.each([
    ['Equals', 'ec2.amazonaws.com', 'yes'],
    ['Equals', 'ec2', 'no'],
    ['StartsWith', 'ec2', 'yes'],
    ['StartsWith', 'amazonaws.com', 'no'],
    ['EndsWith', 'amazonaws.com', 'yes'],
    ['EndsWith', 'ec2', 'no'],
    ['NotEquals', 'ec2.amazonaws.com', 'no'],
    ['NotEquals', 'ec2', 'yes'],
    ['NotStartsWith', 'ec2', 'no'],
    ['NotStartsWith', 'amazonaws.com', 'yes'],
    ['NotEndsWith', 'amazonaws.com', 'no'],
    ['NotEndsWith', 'ec2', 'yes'],
  ])('%s %s: %s', (operator, value, expected) => {
    const FieldSelectors = [category('Management'), { Field: 'eventSource', [operator]: [value] }];
    expect(truth(undefined, [{ FieldSelectors }], management)).toBe(expected);
  });

  test('a field that this was not written for is compared as any other', () => {
    const FieldSelectors = [category('Management'), { Field: 'somethingNew', StartsWith: ['a'] }];
    const of = (somethingNew: string) => truth(undefined, [{ FieldSelectors }], { ...management, somethingNew });
    expect([of('ab'), of('b'), truth(undefined, [{ FieldSelectors }], management)]).toEqual(['yes', 'no', 'no']);
  });

  test.each<[string, unknown, string]>([
    [
      'without a category',
      { FieldSelectors: [{ Field: 'eventSource', Equals: ['ec2.amazonaws.com'] }] },
      'eventCategory',
    ],
    [
      'without a category that it selects',
      { FieldSelectors: [{ Field: 'eventCategory', NotEquals: ['Data'] }] },
      'eventCategory',
    ],
    [
      'with a field that has no operator',
      { FieldSelectors: [category('Management'), { Field: 'readOnly' }] },
      'readOnly',
    ],
    [
      '… or one without values',
      { FieldSelectors: [category('Management'), { Field: 'readOnly', Equals: [] }] },
      'readOnly',
    ],
    [
      '… or one that nobody knows',
      { FieldSelectors: [category('Management'), { Field: 'eventName', Contains: ['Put'] }] },
      'eventName',
    ],
    [
      '… besides one that everybody knows',
      { FieldSelectors: [category('Management'), { Field: 'eventName', StartsWith: ['Put'], Contains: ['x'] }] },
      'eventName',
    ],
    ['without fields', { Name: 'all' }, 'eventCategory'],
    ['that is no object', 'Management', 'eventCategory'],
    ['whose field is no object', { FieldSelectors: [category('Management'), 'readOnly'] }, 'undefined'],
  ])('a selector %s is not understood, and not the default', (_, advanced, unclear) => {
    expect(readSelectors([{}], [advanced])).toMatchObject([{ number: 1, unclear }]);
    expect(truth([{}], [advanced], management)).toBe('unknown');
    // Another one may be understood all the same.
    expect(truth([{}], [advanced, { FieldSelectors: [category('Management')] }], management)).toBe('yes');
  });

  test('of what is not understood the rest still refuses', () => {
    const FieldSelectors = [
      category('Management'),
      { Field: 'eventName', Contains: ['Put'] },
      { Field: 'readOnly', Equals: ['true'] },
    ];
    expect(truth(undefined, [{ FieldSelectors }], management)).toBe('no');
    expect(truth(undefined, [{ FieldSelectors }], { ...management, readOnly: 'true' })).toBe('unknown');
    expect(truth(undefined, [{ FieldSelectors }], data)).toBe('no');
  });

  test('what is no list of selectors is not the default either', () => {
    for (const broken of [{ a: 1 }, 'All', 0, [null]]) {
      expect(truth(undefined, broken, management)).toBe('unknown');
      expect(truth([null], undefined, management)).toBe('unknown');
    }
    expect(truth(null, null, management)).toBe('yes');
  });

  test('each is counted as AWS counts it', () => {
    expect(readSelectors(undefined, undefined)).toMatchObject([{ number: 1 }]);
    const twoTypes = [
      { Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] },
      { Type: 'AWS::Lambda::Function', Values: ['arn:aws:lambda'] },
    ];
    expect(readSelectors([{}, { DataResources: twoTypes }], undefined).map(({ number }) => number)).toEqual([
      1, 2, 2, 2,
    ]);
    const advanced = { FieldSelectors: [category('Data')] };
    expect(readSelectors([{}], [{}, advanced]).map(({ number }) => number)).toEqual([1, 2]);
  });

  test('what the borders of a field are', () => {
    const FieldSelectors = [
      category('Management'),
      {
        Field: 'eventName',
        Equals: ['a'],
        NotEquals: ['b'],
        StartsWith: ['c'],
        NotStartsWith: ['d'],
        EndsWith: ['e'],
        NotEndsWith: ['f'],
      },
    ];
    expect(testsIn(recordedBy(readSelectors(undefined, [{ FieldSelectors }])))).toMatchObject([
      { field: 'eventCategory', whole: ['Management'], beginnings: [], endings: [] },
      { field: 'eventName', whole: ['a', 'b'], beginnings: ['c', 'd'], endings: ['e', 'f'] },
    ]);
  });
});
