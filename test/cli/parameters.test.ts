import { describe, expect, test } from 'vitest';
import { mergeParameters, parameterFlags } from '../../src/cli/parameters.ts';
import type { ParameterType, RuleDefinition } from '../../src/rules/rule.ts';

const types: readonly ParameterType[] = ['integer', 'number', 'string', 'boolean', 'duration', 'events', 'list'];
const rule: RuleDefinition = {
  id: 'my-rule',
  title: 'My rule',
  severity: 'low',
  resource: 'AWS::CloudTrail::Trail',
  why: 'Because.',
  parameters: Object.fromEntries(types.map((type) => [type, { type, default: undefined }])),
  require: { Name: 'x' },
};

describe('--parameter', () => {
  test.each([
    ['integer=365', 365],
    ['integer=-1', -1],
    ['number=1.5', 1.5],
    ['string=365', '365'],
    ['string=a=b', 'a=b'],
    ['boolean=true', true],
    ['boolean=false', false],
    ['duration=24h', '24h'],
    ['list=a, b', ['a', 'b']],
    ['list=["a,b"]', ['a,b']],
    ['events={"eventName":"DeleteTrail"}', { eventName: 'DeleteTrail' }],
  ])('%s', (text, value) => {
    expect(parameterFlags([`my-rule.${text}`], [rule])).toEqual({ 'my-rule': { [text.split('=')[0] ?? '']: value } });
  });

  test('events may be a set of the rule, by its name', () => {
    const sets = { extended: { eventName: 'DeleteTrail' } };
    const parameters = { events: { type: 'events', default: 'extended', sets } } as const;
    const given = (value: string) => parameterFlags([`my-rule.events=${value}`], [{ ...rule, parameters }]);
    expect(given('extended')).toEqual({ 'my-rule': { events: 'extended' } });
    expect(given('["extended",{"eventName":"a"}]')).toEqual({
      'my-rule': { events: ['extended', { eventName: 'a' }] },
    });
    expect(() => given('extendet')).toThrow('events has no set extendet; did you mean extended?');
  });

  test.each([
    ['my-rule.integer=1.5', 'integer must be of type integer, not 1.5'],
    ['my-rule.integer=', 'integer must be of type integer, not ""'],
    ['my-rule.boolean=yes', 'boolean must be of type boolean, not "yes"'],
    ['my-rule.duration=soon', 'duration must be of type duration, not "soon"'],
    ['my-rule.events=x', 'events must be of type events, not "x"'],
    ['my-rule.constructor=x', 'my-rule has no parameter constructor'],
    ['my-rules.integer=1', 'no rule is called my-rules'],
    ['integer=1', 'cannot be read'],
  ])('%s is refused', (text, message) => {
    expect(() => parameterFlags([text], [rule])).toThrow(message);
  });
});

test('a flag wins over the config, name by name', () => {
  const merged = mergeParameters({ a: { x: 1, y: 2 }, b: { z: 3 } }, { a: { y: 4 }, c: { w: 5 } });
  expect(merged).toEqual({ a: { x: 1, y: 4 }, b: { z: 3 }, c: { w: 5 } });
});
