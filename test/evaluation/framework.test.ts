import { describe, expect, test } from 'vitest';
import type { Status } from '../../src/evaluation/finding.ts';
import {
  type FrameworkRun,
  frameworkResult,
  type RuleRun,
  ruleTallyOf,
  withFloors,
} from '../../src/evaluation/framework.ts';
import { tallyOf, totalsOf } from '../../src/evaluation/tally.ts';
import type { PackDefinition, Requirement } from '../../src/rules/pack.ts';
import type { Parameter } from '../../src/rules/rule.ts';

const packOf = (...requirements: readonly Requirement[]): PackDefinition => ({
  pack: 'f',
  title: 'F',
  about: 'All of it.',
  requirements,
});

const requirement = (id: string, rules: readonly string[], more: Partial<Requirement> = {}): Requirement => ({
  id,
  title: `Title of ${id}`,
  coverage: rules.length > 0 ? 'full' : 'manual',
  ...(rules.length > 0 && { rules: rules.map((rule) => ({ rule, assertedBy: ['prowler'] })) }),
  ...more,
});

const ran = (id: string, more: Partial<RuleRun> = {}): RuleRun => ({ id, severity: 'high', controls: {}, ...more });

/** A run of rules, each with the statuses of its findings. */
function runOf(
  found: Readonly<Record<string, readonly Status[]>>,
  {
    rules,
    parameters = {},
  }: { readonly rules?: readonly RuleRun[]; readonly parameters?: Readonly<Record<string, Parameter>> } = {},
): FrameworkRun {
  const findings = Object.entries(found).flatMap(([rule, statuses]) => statuses.map((status) => ({ rule, status })));
  return {
    rules: rules ?? Object.keys(found).map((id) => ran(id)),
    tally: ruleTallyOf(findings),
    parameterOf: (_, name) => parameters[name],
  };
}

const statusOf = (result: ReturnType<typeof frameworkResult>, id = 'r') =>
  result.requirements.find((it) => it.id === id)?.status;

describe('the status of a requirement is the worst of its rules', () => {
  test.each<[Record<string, Status[]>, string]>([
    [{ a: ['pass'], b: ['pass'] }, 'pass'],
    [{ a: ['pass'], b: ['fail'] }, 'fail'],
    [{ a: ['pass'], b: ['unknown'] }, 'unknown'],
    [{ a: ['unknown'], b: ['fail'] }, 'fail'],
    [{ a: ['pass', 'fail'], b: ['pass'] }, 'fail'],
    [{ a: ['pass', 'unknown'], b: ['pass'] }, 'unknown'],
    [{ a: ['pass'], b: ['not-applicable'] }, 'pass'],
    [{ a: ['not-applicable', 'pass'], b: ['not-applicable'] }, 'pass'],
    [{ a: ['not-applicable'], b: ['not-applicable'] }, 'not-applicable'],
    [{ a: ['not-applicable'], b: ['unknown'] }, 'unknown'],
    [{ a: ['not-applicable'], b: ['fail'] }, 'fail'],
  ])('%j is %s', (found, status) => {
    expect(statusOf(frameworkResult(packOf(requirement('r', ['a', 'b'])), runOf(found)))).toBe(status);
  });

  test('a rule answers several requirements', () => {
    const pack = packOf(requirement('r', ['a']), requirement('s', ['a', 'b']), requirement('t', ['b']));
    const result = frameworkResult(pack, runOf({ a: ['pass'], b: ['fail'] }));
    expect(result.requirements.map(({ id, status }) => [id, status])).toEqual([
      ['r', 'pass'],
      ['s', 'fail'],
      ['t', 'fail'],
    ]);
  });

  test('with how many findings of each rule say what, and who says that it answers', () => {
    const mapping = { rule: 'a', assertedBy: ['prowler', 'guard'], generic: true };
    const pack = packOf(requirement('r', [], { coverage: 'partial', note: 'Only some.', rules: [mapping] }));
    expect(frameworkResult(pack, runOf({ a: ['pass', 'fail', 'fail', 'not-applicable'] }))).toEqual({
      name: 'f',
      title: 'F',
      about: 'All of it.',
      summary: { pass: 0, fail: 1, unknown: 0, 'not-applicable': 0, manual: 0, partial: 0 },
      requirements: [
        {
          id: 'r',
          title: 'Title of r',
          coverage: 'partial',
          status: 'fail',
          note: 'Only some.',
          rules: [{ ...mapping, status: 'fail', findings: { fail: 2, unknown: 0, pass: 1, 'not-applicable': 1 } }],
        },
      ],
    });
  });
});

describe('what nobody judged is never a pass', () => {
  const only = (run: FrameworkRun) => frameworkResult(packOf(requirement('r', ['a', 'b'])), run).requirements[0];

  test('a rule that was not run', () => {
    const result = only(runOf({ a: ['pass'] }));
    expect(result?.status).toBe('unknown');
    expect(result?.rules[1]).toMatchObject({ rule: 'b', status: 'unknown', reason: 'it was not run' });
  });

  test('a rule that was not run beside one that fails', () => {
    expect(only(runOf({ a: ['fail'] }))?.status).toBe('fail');
  });

  const waiting = [ran('a'), ran('b', { unset: ['buckets'] })];

  test('a rule without the parameter that it needs leaves the answer to the others', () => {
    const result = only(runOf({ a: ['pass'], b: ['not-applicable'] }, { rules: waiting }));
    expect(result?.status).toBe('pass');
    expect(result?.rules[1]).toMatchObject({ status: 'not-applicable', reason: 'it needs the parameter buckets' });
  });

  test('a rule without the parameter that it needs, where no other says anything', () => {
    expect(only(runOf({ a: ['not-applicable'], b: ['not-applicable'] }, { rules: waiting }))?.status).toBe('unknown');
  });

  test('a rule without the parameter that the framework bounds', () => {
    const pack = packOf(requirement('r', ['a', 'b'], { floors: { b: { buckets: ['logs'] } } }));
    const result = frameworkResult(pack, runOf({ a: ['pass'], b: ['not-applicable'] }, { rules: waiting }));
    expect(statusOf(result)).toBe('unknown');
  });

  test('a rule that judged no account', () => {
    const result = only(runOf({ a: [], b: [] }));
    expect(result?.status).toBe('unknown');
    expect(result?.rules.map(({ reason }) => reason)).toEqual(['it judged nothing', 'it judged nothing']);
  });

  test('a rule that crashed: its finding is unknown', () => {
    expect(only(runOf({ a: ['pass'], b: ['unknown'] }))?.status).toBe('unknown');
  });
});

describe('manual requirements', () => {
  test('stand apart, whatever ran', () => {
    const pack = packOf(requirement('r', []), requirement('s', ['a']));
    const result = frameworkResult(pack, runOf({ a: ['pass'] }));
    expect(statusOf(result)).toBe('manual');
    expect(result.summary).toEqual({ pass: 1, fail: 0, unknown: 0, 'not-applicable': 0, manual: 1, partial: 0 });
  });

  test("are met in part by somebody's own rule that says it answers them", () => {
    const rules = [ran('own', { controls: { f: ['r'] } })];
    const [result] = frameworkResult(packOf(requirement('r', [])), runOf({ own: ['pass'] }, { rules })).requirements;
    expect(result).toMatchObject({ coverage: 'partial', status: 'pass', rules: [{ rule: 'own', status: 'pass' }] });
  });
});

describe("somebody's own rule", () => {
  test('that says which requirement it answers counts there, once', () => {
    const rules = [ran('a', { controls: { f: ['r'] } }), ran('own', { controls: { f: ['r'], g: ['s'] } })];
    const result = frameworkResult(
      packOf(requirement('r', ['a']), requirement('s', ['a'])),
      runOf({ a: ['pass'], own: ['fail'] }, { rules }),
    );
    expect(result.requirements.map(({ status, rules: own }) => [status, own.map(({ rule }) => rule)])).toEqual([
      ['fail', ['a', 'own']],
      ['pass', ['a']],
    ]);
  });
});

test('what is met in part is counted among what passes, and apart', () => {
  const pack = packOf(
    requirement('r', ['a'], { coverage: 'partial' }),
    requirement('s', ['a']),
    requirement('t', ['b'], { coverage: 'partial' }),
  );
  const { summary } = frameworkResult(pack, runOf({ a: ['pass'], b: ['fail'] }));
  expect(summary).toEqual({ pass: 2, fail: 1, unknown: 0, 'not-applicable': 0, manual: 0, partial: 1 });
});

describe('a floor', () => {
  const days: Parameter = { type: 'integer', default: 365, stricter: 'higher' };
  const pack = packOf(
    requirement('r', ['a'], { floors: { a: { days: 365 } } }),
    requirement('s', ['a']),
    requirement('t', ['a'], { floors: { a: { days: 90 } } }),
  );
  const resultWith = (value: unknown, parameters: Readonly<Record<string, Parameter>> = { days }) =>
    frameworkResult(pack, runOf({ a: ['pass'] }, { rules: [ran('a', { parameters: { days: value } })], parameters }));

  test.each([365, 400])('is kept by %d', (value) => {
    const result = resultWith(value);
    expect(result.requirements.map(({ status }) => status)).toEqual(['pass', 'pass', 'pass']);
    expect(result.requirements[0]?.rules[0]).not.toHaveProperty('floors');
  });

  test('that a parameter is below fails the requirement, which names the parameter, its value and the floor', () => {
    const result = resultWith(364);
    expect(result.requirements.map(({ status }) => status)).toEqual(['fail', 'pass', 'pass']);
    expect(result.requirements[0]?.rules).toEqual([
      {
        rule: 'a',
        assertedBy: ['prowler'],
        status: 'fail',
        findings: { fail: 0, unknown: 0, pass: 1, 'not-applicable': 0 },
        floors: [{ parameter: 'days', value: 364, floor: 365, stricter: 'higher', holds: 'no' }],
      },
    ]);
  });

  test('of the whole pack holds in every requirement of the rule that has none of its own', () => {
    const whole = { ...pack, floors: { a: { days: 364 }, b: { days: 1 } } };
    const run = (value: number) =>
      runOf({ a: ['pass'] }, { rules: [ran('a', { parameters: { days: value } })], parameters: { days } });
    const statuses = (value: number) => frameworkResult(whole, run(value)).requirements.map(({ status }) => status);
    expect([364, 363, 90, 89].map(statuses)).toEqual([
      ['fail', 'pass', 'pass'],
      ['fail', 'fail', 'pass'],
      ['fail', 'fail', 'pass'],
      ['fail', 'fail', 'fail'],
    ]);
  });

  test('holds the other way round where less is stricter', () => {
    expect(statusOf(resultWith(366, { days: { ...days, stricter: 'lower' } }))).toBe('fail');
    expect(statusOf(resultWith(30, { days: { ...days, stricter: 'lower' } }))).toBe('pass');
  });

  test('that nobody can compare is unknown', () => {
    expect(statusOf(resultWith(400, {}))).toBe('unknown');
    expect(statusOf(resultWith(undefined))).toBe('unknown');
  });

  test('says nothing of a rule that was not run', () => {
    const [result] = frameworkResult(pack, runOf({})).requirements;
    expect(result?.rules[0]).toMatchObject({ status: 'unknown', reason: 'it was not run' });
    expect(result?.rules[0]).not.toHaveProperty('floors');
  });

  test('that fails or is unknown counts at the severity of its rule, once however many requirements have it', () => {
    const twice = {
      ...pack,
      requirements: [...(pack.requirements ?? []), requirement('u', ['a'], { floors: { a: { days: 365 } } })],
    };
    const rules = [ran('a', { parameters: { days: 364 }, severity: 'medium' })];
    const result = frameworkResult(twice, runOf({ a: ['pass'] }, { rules, parameters: { days } }));
    const before = tallyOf([{ severity: 'medium', status: 'pass' }]);
    expect(withFloors(before, [result, result], rules).medium).toEqual({
      fail: 1,
      unknown: 0,
      known: 0,
      waived: 0,
      pass: 1,
      'not-applicable': 0,
    });
    const unsure = frameworkResult(twice, runOf({ a: ['pass'] }, { rules }));
    expect(totalsOf(withFloors(before, [unsure], rules))).toEqual({
      fail: 0,
      unknown: 2,
      known: 0,
      waived: 0,
      pass: 1,
      'not-applicable': 0,
    });
    expect(withFloors(before, [], rules)).toEqual(before);
  });
});

test('findings are counted by rule, onto what was counted before', () => {
  const first = ruleTallyOf([
    { rule: 'a', status: 'pass' },
    { rule: 'b', status: 'fail' },
  ]);
  const second = ruleTallyOf([{ rule: 'a', status: 'pass' }], first);
  expect(second.get('a')).toEqual({ fail: 0, unknown: 0, pass: 2, 'not-applicable': 0 });
  expect(first.get('a')).toEqual({ fail: 0, unknown: 0, pass: 1, 'not-applicable': 0 });
});

describe('a rule that overrides change', () => {
  const days: Record<string, Parameter> = { days: { type: 'integer', default: 90, stricter: 'higher' } };
  const plain = { by: [], severity: 'high', parameters: { days: 400 } } as const;
  const result = (
    variants: NonNullable<RuleRun['variants']>,
    found: readonly Status[] = ['pass', 'not-applicable'],
  ) => {
    const run = runOf({ a: found }, { rules: [ran('a', { parameters: { days: 400 }, variants })], parameters: days });
    return frameworkResult(packOf(requirement('r', ['a'], { floors: { a: { days: 365 } } })), run);
  };
  const first = (...given: Parameters<typeof result>) => result(...given).requirements[0]?.rules[0];

  test('meets what every variant of it meets', () => {
    expect(first([plain, { by: ['long'], severity: 'low', parameters: { days: 365 } }])).toMatchObject({
      status: 'pass',
    });
  });

  test('fails where a variant is below a floor, whatever the others are', () => {
    const short = { by: ['short'], severity: 'low', parameters: { days: 30 } } as const;
    const failing = result([plain, short]);
    expect(statusOf(failing)).toBe('fail');
    expect(failing.requirements[0]?.rules[0]?.floors).toEqual([
      { parameter: 'days', value: 30, floor: 365, stricter: 'higher', holds: 'no' },
    ]);
    // The rule as it is written counts only where something was judged by it.
    expect(first([{ ...plain, by: ['long'] }])).toMatchObject({ status: 'pass' });
    const counted = withFloors(tallyOf([]), [failing], [ran('a', { severity: 'low', variants: [plain, short] })]);
    expect(counted.high.fail).toBe(1);
  });

  test('is unknown where it was skipped or still waits for a parameter', () => {
    expect(first([plain, { by: ['sandboxes'], severity: 'high', skipped: true }])).toMatchObject({
      status: 'unknown',
      reason: 'sandboxes skips it',
    });
    expect(first([plain, { by: ['other'], severity: 'high', unset: ['days'] }])).toMatchObject({
      status: 'unknown',
      reason: 'it needs the parameter days in some accounts',
    });
    const skipped = { by: ['sandboxes'], severity: 'high', skipped: true } as const;
    expect(first([skipped], ['not-applicable'])).toMatchObject({ status: 'unknown', reason: 'sandboxes skips it' });
    expect(first([plain, skipped], ['fail', 'not-applicable'])).toMatchObject({ status: 'fail' });
  });
});
