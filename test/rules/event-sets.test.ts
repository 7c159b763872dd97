import { describe, expect, test } from 'vitest';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { compileRule } from '../../src/rules/compile.ts';
import { readEvents } from '../../src/rules/event-sets.ts';
import { compileRules } from '../../src/rules/load.ts';
import type { RuleDefinition } from '../../src/rules/rule.ts';
import { findingOf, ruleWith, snapshotWith, trail } from './judging.ts';
import { mistakesIn, ruleText } from './rule-text.ts';

const stop = { eventName: 'StopLogging' };
const remove = { eventName: 'DeleteTrail' };
const sets = { old: stop, same: 'old', new: ['same', remove], newest: 'new', self: ['old', 'other'], other: 'self' };

describe('what a value stands for', () => {
  test.each<[string, unknown, unknown]>([
    ['a class', stop, [stop]],
    ['a list of classes', [stop, remove], [stop, remove]],
    ['a set', 'old', [stop]],
    ['a set that is called otherwise too', 'same', [stop]],
    ['a set that is made of another one', 'newest', [stop, remove]],
    ['sets and classes', ['old', remove], [stop, remove]],
    ['every operator', { eventName: { not: 'a', in: ['b'], like: 'c*', exists: true, equals: 'd' } }, undefined],
    ['a path', { 'userIdentity.sessionContext.attributes.mfaAuthenticated': false }, undefined],
    ['every kind of value', { eventCategory: ['Data', 'Insight'], readOnly: true, regions: ['us-east-1'] }, undefined],
  ])('%s', (_, value, classes) => {
    expect(readEvents(value, sets)).toEqual(classes ?? [value]);
  });

  test.each<[string, unknown, string]>([
    ['a name that is near', 'newst', 'has no set newst; did you mean newest?'],
    ['another name', 'extended', 'has no set extended; it has old, same, new, newest, self, other'],
    ['what every object has', 'constructor', 'has no set constructor; it has old, same, new, newest, self, other'],
    ['a name among classes', [stop, 'od'], 'has no set od; did you mean old?'],
    ['a set that is made of itself', 'self', 'has the set self, which is made of itself'],
    ['nothing', [], 'must name some events, not none'],
    ['a number', 5, 'must be of type events, not 5'],
    ['null', null, 'must be of type events, not null'],
    ['a list in a list', [[stop]], 'must be of type events, not [{"eventName":"StopLogging"}]'],
    ['a class of everything', {}, 'must be of type events, not {}'],
    ['no field', { EventName: 'a' }, 'is no class of events: EventName is no field of a CloudTrail record'],
    [
      'a category',
      { eventCategory: 'Managment' },
      'is no class of events: eventCategory cannot be "Managment"; did you mean Management?',
    ],
    ['one of the categories', { eventCategory: ['Data', 'x'] }, 'is no class of events: eventCategory cannot be "x"'],
    ['readOnly in quotes', { readOnly: 'false' }, 'is no class of events: readOnly must be true or false'],
    ['an operator', { eventName: { lik: 'a*' } }, 'is no class of events: lik is no operator; did you mean like?'],
    ['no operator', { eventName: {} }, 'is no class of events: eventName must not be empty'],
    ['no value', { eventName: [] }, 'is no class of events: eventName must not be empty'],
    ['an object among values', { eventName: [{ not: 'a' }] }, 'is no class of events: eventName cannot be {"not":"a"}'],
    ['null among values', { eventName: ['a', null] }, 'is no class of events: eventName cannot be null'],
  ])('%s is wrong', (_, value, message) => {
    expect(readEvents(value, sets)).toBe(message);
  });

  test('without sets a name is no events', () => {
    expect(readEvents('old')).toBe('must be of type events, not "old"');
  });
});

const asking = (more: object = {}): Partial<RuleDefinition> => ({
  parameters: {
    events: {
      type: 'events',
      default: 'writes',
      sets: { writes: { readOnly: false }, all: 'everything', everything: ['writes', { readOnly: true }] },
    },
  },
  require: { records: '$events' },
  ...more,
});
const writer = snapshotWith({
  'AWS::CloudTrail::Trail': [
    trail('main', {
      Status: { IsLogging: true },
      EventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }],
    }),
  ],
});
const management = { eventCategory: 'Management', readOnly: false };

describe('a rule asks about the events of', () => {
  const question = (set: unknown) =>
    findingOf(
      asking({
        parameters: {
          events: {
            type: 'events',
            default: 'writes',
            sets: { writes: management, all: ['writes', { eventCategory: 'Management', readOnly: true }] },
          },
        },
      }),
      writer,
      'main',
      set === undefined ? {} : { values: { events: set } },
    ).status;

  test('the set that its default names', () => expect(question(undefined)).toBe('pass'));
  test('the set that somebody names', () => expect(question('all')).toBe('fail'));
  test('a set and a class', () => expect(question(['writes', { eventCategory: 'Management' }])).toBe('fail'));
  test('a class that somebody writes', () => expect(question(management)).toBe('pass'));
});

test('a set that is not there is a mistake of whoever names it', () => {
  const { mistakes } = compileRules([ruleWith(asking())], {
    registry: resourceTypes,
    parameters: { 'made-up': { events: 'wrtes' } },
  });
  expect(mistakes).toEqual(['made-up: $events has no set wrtes; did you mean writes?']);
});

describe('in a rule file, one mistake, one message, at its place', () => {
  const own = (parameter: string) => ruleText(`parameters: { e: ${parameter} }\nrequire: { records: $e }`);
  test.each([
    ['{ type: events, default: a, sets: { a: { eventName: x }, b: [a, { readOnly: true }] } }', []],
    ['{ type: events, default: { eventName: x } }', []],
    ['{ type: events, default: [{ eventName: x }, { eventName: y }] }', []],
    ['{ type: string, default: x }', ['7:21 $e is of type string; here stands events']],
    [
      '{ type: events, default: aa, sets: { a: { eventName: x } } }',
      ['6:43 the default of $e has no set aa; did you mean a?'],
    ],
    ['{ type: events, default: b, sets: { c: b, b: d } }', ['6:57 $e has no set d; did you mean c?']],
    ['{ type: events, default: [] }', ['6:43 parameters.e.default must not be empty']],
    ['{ type: events, default: { eventCategory: Managment } }', ['did you mean Management?']],
    ['{ type: events, sets: { a: { readOnly: x } } }', ['6:57 parameters.e.sets.a.readOnly must be true or false']],
    ['{ type: events, sets: { a: 5 } }', ['6:45 parameters.e.sets.a must be an object']],
    [
      '{ type: string, default: x, sets: { a: { eventName: x } } }',
      ['7:21 $e is of type string', '6:57 $e is not of type events: it has no sets'],
    ],
  ])('%s', async (parameter, expected) => {
    const mistakes = await mistakesIn(own(parameter));
    expect(mistakes).toEqual(expected.map((it) => expect.stringContaining(it)));
  });
});

describe('a way that a parameter says', () => {
  const rule = (via: object): RuleDefinition =>
    ruleWith({
      resource: 'AWS::Account',
      parameters: { via: { type: 'string', default: 'any', ...via } },
      require: { alerts: { events: stop, via: '$via' } },
    });
  const problems = (parameters: object, via: object = {}) =>
    compileRule(rule(via), { registry: resourceTypes, parameters: { ...parameters } }).problems.map(
      ({ message }) => message,
    );

  test.each(['any', 'metric-filter', 'eventbridge'])('%s', (via) => expect(problems({ via })).toEqual([]));

  test('that there is none', () => {
    expect(problems({ via: 'eventbrige' })).toEqual(['via cannot be "eventbrige"; did you mean eventbridge?']);
    expect(problems({ via: 'x' })).toEqual(['via cannot be "x"; it is one of any, metric-filter, eventbridge']);
    expect(problems({}, { default: 'mail' })).toEqual([
      'via cannot be "mail"; it is one of any, metric-filter, eventbridge',
    ]);
  });

  test('is one of the values that the rule declares', () => {
    expect(problems({ via: 'eventbridge' }, { values: ['any', 'metric-filter'] })).toEqual([
      '$via must be one of any, metric-filter, not "eventbridge"',
    ]);
  });

  test.each([
    ['any', true, true],
    ['metric-filter', true, false],
    ['eventbridge', false, true],
  ])('%s says what is read', (via, filters, rules) => {
    const { operations } = compileRule(rule({}), { registry: resourceTypes, parameters: { via } }).rule;
    expect([operations.has('logs:DescribeMetricFilters'), operations.has('events:ListTargetsByRule')]).toEqual([
      filters,
      rules,
    ]);
  });
});

test('events of a parameter say what is read, too', () => {
  const reads = (events: unknown) =>
    compileRule(ruleWith(asking({ parameters: { events: { type: 'events', default: events } } })), {
      registry: resourceTypes,
    }).rule.operations;
  expect(reads({ eventCategory: 'Insight' }).has('cloudtrail:GetInsightSelectors')).toBe(true);
  expect(reads(management).has('cloudtrail:GetInsightSelectors')).toBe(false);
});
