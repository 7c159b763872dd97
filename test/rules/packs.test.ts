import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { type LoadedFiles, loadRuleFiles } from '../../src/rules/load.ts';
import { controlsIn, floorOf, type PackDefinition, rulesOfPack } from '../../src/rules/pack.ts';
import { packParameters } from '../../src/rules/pack-parameters.ts';
import type { Parameter, RuleDefinition } from '../../src/rules/rule.ts';
import { isAsStrict } from '../../src/rules/strictness.ts';
import { loadBuiltInFiles, validatePack, validateRule } from './built-in-rules.ts';
import { ruleWith } from './judging.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-packs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const withParameters = (id: string, parameters: Readonly<Record<string, Parameter>>): RuleDefinition =>
  ruleWith({ id, parameters });
const builtIn: readonly RuleDefinition[] = [
  withParameters('trail-kept', {
    days: { type: 'integer', default: 365, minimum: 1, stricter: 'higher' },
    mode: { type: 'string', default: 'any' },
  }),
  withParameters('trail-named', {}),
];

async function mistakesIn(text: string, name = 'own.yaml'): Promise<readonly string[]> {
  const file = join(mkdtempSync(join(folder, 'case-')), name);
  writeFileSync(file, text);
  try {
    await loadRuleFiles([file], { registry: resourceTypes, validate: validateRule, validatePack, builtIn });
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe('rule');
    return error.details.map((detail) => detail.slice(file.length + 1));
  }
}

const own = (body: string): string => `pack: own\ntitle: Ours\nabout: What we want.\n${body}`;

describe('a pack of somebody', () => {
  test('may name rules, parameters, floors and who says so', async () => {
    const text = own(`rules: [trail-named]
parameters:
  trail-kept: { days: 730 }
requirements:
  - id: '1'
    title: Logs are kept
    coverage: partial
    note: Backups are not looked at.
    rules:
      - { rule: trail-kept, assertedBy: [auditor], generic: true }
      - rule: trail-named
    floors:
      trail-kept: { days: 365 }
  - { id: '2', title: People are trained, coverage: manual }
`);
    expect(await mistakesIn(text)).toEqual([]);
  });

  test('may name rules of its own folder', async () => {
    const at = mkdtempSync(join(folder, 'case-'));
    writeFileSync(join(at, 'own.yaml'), own('rules: [x]\n'));
    writeFileSync(
      join(at, 'x.yaml'),
      'id: x\ntitle: X\nseverity: low\nwhy: Because.\nresource: AWS::Account\nrequire: { name: x }\n',
    );
    const loaded = await loadRuleFiles([at], { registry: resourceTypes, validate: validateRule, validatePack });
    expect(loaded.rules.map(({ definition }) => definition.id)).toEqual(['x']);
    expect(loaded.packs.map(({ definition }) => definition.pack)).toEqual(['own']);
  });

  const requirement = (body: string) => own(`requirements:\n  - { id: '1', title: A, ${body} }\n`);

  test.each([
    [own(''), ['1:7 the pack holds no rule; it needs rules or requirements']],
    [own('rules: [trail-kpet]\n'), ['4:9 no rule is called trail-kpet; did you mean trail-kept?']],
    [own('rules: al\n'), ['4:8 rules must be a list of rules, or all, not "al"']],
    [
      own('rules: all\nbound: 1\n'),
      [
        '5:1 bound is not a property of a pack; ' +
          'it has pack, title, about, references, rules, parameters, floors, requirements',
      ],
    ],
    ['pack: own\ntitle: Ours\nrules: all\n', ['1:1 about is missing; a pack needs it']],
    [
      'pack: Own\ntitle: Ours\nabout: X.\nrules: all\n',
      ['1:7 pack must be words of lower-case letters and digits joined by - or ., not "Own"'],
    ],
    [
      'pack: other\ntitle: Ours\nabout: X.\nrules: all\n',
      ["1:7 pack other is not the file's name; call the file other.yaml"],
    ],
    [
      own('rules: all\nparameters:\n  trail-kept: { dyas: 1 }\n'),
      ['6:17 trail-kept has no parameter dyas; did you mean days?'],
    ],
    [own('rules: all\nparameters:\n  trail-named: { a: 1 }\n'), ['6:18 trail-named has no parameter a; it has none']],
    [own('rules: all\nparameters:\n  trail-kept: { days: 0 }\n'), ['6:23 days must be at least 1, not 0']],
    [
      own('rules: all\nparameters:\n  trail-kpet: { days: 1 }\n'),
      ['6:3 no rule is called trail-kpet; did you mean trail-kept?'],
    ],
    [requirement('coverage: full'), ['5:36 no rule answers 1; name rules, or say manual']],
    [
      requirement('coverage: manual, rules: [{ rule: trail-kept }]'),
      ['5:36 1 has rules, so it is not manual; say full or partial'],
    ],
    [
      requirement('coverage: ful, rules: [{ rule: trail-kept }]'),
      ['5:36 requirements[0].coverage cannot be "ful"; did you mean full?'],
    ],
    [
      requirement('coverage: full, rules: [trail-kept]'),
      ['5:50 requirements[0].rules[0] must be an object, not "trail-kept"'],
    ],
    [
      requirement('coverage: full, rules: [{ rule: trail-kept, asertedBy: [x] }]'),
      ['5:70 asertedBy is not a property of a rule of a requirement; did you mean assertedBy?'],
    ],
    [
      requirement('coverage: full, rules: [{ rule: trail-kept }, { rule: trail-kept }]'),
      ['5:80 trail-kept is there already'],
    ],
    [
      requirement('coverage: full, rules: [{ rule: trail-kept }], floors: { trail-named: { a: 1 } }'),
      ['5:83 trail-named is no rule of 1', '5:98 trail-named has no parameter a; it has none'],
    ],
    [
      `floors: { trail-named: { a: 1 }, trail-kept: { mode: any } }\n${requirement('coverage: full, rules: [{ rule: trail-kept }]')}`,
      [
        '1:11 trail-named is no rule of any requirement',
        '1:26 trail-named has no parameter a; it has none',
        '1:54 mode does not say which way is stricter, so it cannot have a floor',
      ],
    ],
    [
      requirement('coverage: full, rules: [{ rule: trail-kept }], floors: { trail-kept: { mode: any } }'),
      ['5:103 mode does not say which way is stricter, so it cannot have a floor'],
    ],
    [
      own("requirements:\n  - { id: '1', title: A, coverage: manual }\n  - { id: '1', title: B, coverage: manual }\n"),
      ['6:11 the requirement 1 is there already'],
    ],
  ])('%j: %j', async (text, wanted) => {
    expect(await mistakesIn(text)).toEqual(wanted);
  });

  test('says nothing of rules that a mistake hides', async () => {
    const at = mkdtempSync(join(folder, 'case-'));
    writeFileSync(join(at, 'own.yaml'), own('rules: [x]\n'));
    writeFileSync(join(at, 'x.yaml'), 'id: x\n');
    const load = loadRuleFiles([at], { registry: resourceTypes, validate: validateRule, validatePack });
    await expect(load).rejects.toMatchObject({ details: [expect.stringContaining('x.yaml:1:1 resource is missing')] });
  });
});

/** Rules that no framework asks for. */
const inNoFramework: Readonly<Record<string, string>> = {
  'data-events-configured': 'which data matters is for its owner to say',
  'data-events-exclude-log-bucket-loop': 'it saves money',
  'data-events-required-resource-types': 'which data matters is for its owner to say',
  'dynamodb-data-events-enabled': 'which data matters is for its owner to say',
  'eventbridge-in-use': 'it is only told',
  'eventbridge-rule-dlq': 'it is only told',
  'eventbridge-rule-sensitive-api-calls': 'which calls matter is for the owner of the account to say',
  'global-service-events-not-duplicated': 'it saves money',
  'management-event-copies-not-redundant': 'it saves money',
  'trail-has-tags': 'it is only told',
  'trail-network-activity-events-enabled': 'which data matters is for its owner to say',
  'trail-sns-delivery-healthy': 'no framework wants a message for each file',
};

describe('the built-in packs', () => {
  let files: LoadedFiles;
  beforeAll(async () => {
    files = await loadBuiltInFiles();
  });
  const packs = () => files.packs.map(({ definition }) => definition);
  const mappings = () =>
    packs().flatMap(({ pack, requirements = [] }) =>
      requirements.flatMap((it) => (it.rules ?? []).map((mapping) => ({ pack, requirement: it, mapping }))),
    );

  test('are those that there should be', () => {
    expect(packs().map(({ pack }) => pack)).toEqual(
      expect.arrayContaining([
        'cis-aws-foundations-1.4.0',
        'cis-aws-foundations-3.0.0',
        'cis-aws-foundations-5.0.0',
        'cis-aws-foundations-7.0.0',
        ...['aws-fsbp', 'pci-dss-4.0.1', 'nist-800-53-r5', 'iso-27001-2022', 'hipaa', 'soc2', 'fedramp-moderate'],
        ...['kisa-isms-p', 'aws-config', 'everything', 'recommended'],
      ]),
    );
  });

  test('answer some requirement with each rule, but for those of which it is said why not', () => {
    const mapped = new Set(mappings().map(({ mapping }) => mapping.rule));
    const unmapped = files.rules.map(({ definition }) => definition.id).filter((id) => !mapped.has(id));
    expect(unmapped.filter((id) => !Object.hasOwn(inNoFramework, id))).toEqual([]);
    expect([...mapped].filter((id) => Object.hasOwn(inNoFramework, id))).toEqual([]);
  });

  test('say a title of each requirement, which is not its number', () => {
    const untitled = packs().flatMap(({ requirements = [] }) => requirements.filter(({ id, title }) => id === title));
    expect(untitled).toEqual([]);
  });

  test('bound no parameter above what they set themselves', () => {
    const declared = new Map(files.rules.map(({ definition }) => [definition.id, definition.parameters ?? {}]));
    const wrong = packs().flatMap((pack) =>
      (pack.requirements ?? []).flatMap((requirement) =>
        (requirement.rules ?? []).flatMap(({ rule }) =>
          Object.entries(floorOf(rule, requirement, pack)).flatMap(([name, bound]) => {
            const parameter = declared.get(rule)?.[name];
            const value = pack.parameters?.[rule]?.[name] ?? parameter?.default;
            const holds = parameter && isAsStrict(parameter, value, bound) === 'yes';
            return holds ? [] : [`${pack.pack} ${requirement.id} ${rule}.${name}`];
          }),
        ),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('bound in every requirement which events somebody learns of, and what a trail may leave out', () => {
    const bounded: Readonly<Record<string, string>> = {
      'multi-region-trail-enabled': 'mayBeExcluded',
      'management-events-all': 'mayBeExcluded',
      'management-events-sources-not-excluded': 'mayBeExcluded',
      'config-recorder-all-resources': 'auditTypes',
      'scp-denies-cloudtrail-tampering': 'actions',
      'cloudtrail-full-access-restricted': 'actions',
      'eventbridge-rule-cloudtrail-tampering': 'tamperingCalls',
    };
    const free = packs().flatMap((pack) =>
      (pack.requirements ?? []).flatMap((requirement) =>
        (requirement.rules ?? []).flatMap(({ rule }) => {
          const name = rule.startsWith('monitor-') ? 'events' : bounded[rule];
          const floor = floorOf(rule, requirement, pack);
          return name === undefined || Object.hasOwn(floor, name) ? [] : [`${pack.pack} ${requirement.id} ${rule}`];
        }),
      ),
    );
    expect(free).toEqual([]);
  });

  test('bound how long logs are kept by what their frameworks ask for', () => {
    const floors = (pack: string, id: string) =>
      packs()
        .find((it) => it.pack === pack)
        ?.requirements?.find((it) => it.id === id)?.floors?.['log-bucket-retention-minimum'];
    expect(floors('pci-dss-4.0.1', '10.5.1')).toEqual({ minimumDays: 365 });
    expect(floors('hipaa', '164.316(b)(2)(i)')).toEqual({ minimumDays: 2190 });
    expect(floors('kisa-isms-p', '2.9.4')).toEqual({ minimumDays: 365 });
    expect(floors('fedramp-moderate', 'AU-11')).toEqual({ minimumDays: 90 });
  });

  test('say of each mapping who asserts it', () => {
    const known = ['aws-config', 'guard', 'prowler', 'security-hub', 'steampipe', 'trailproof'];
    const wrong = mappings().filter(({ mapping }) => !mapping.assertedBy?.every((who) => known.includes(who)));
    expect(wrong).toEqual([]);
  });

  test('say full of nothing that is only asserted of every resource', () => {
    const full = mappings().filter(({ requirement }) => requirement.coverage === 'full');
    const scoped = new Set(
      full.flatMap(({ pack, requirement, mapping }) => (mapping.generic ? [] : `${pack} ${requirement.id}`)),
    );
    expect(full.filter(({ pack, requirement }) => !scoped.has(`${pack} ${requirement.id}`))).toEqual([]);
  });

  test('recommend no rule that needs a parameter, that is only told, or that asks for more than the trail', () => {
    const pack = packs().find((it) => it.pack === 'recommended');
    const ids = pack ? rulesOfPack(pack, []) : new Set<string>();
    const rules = files.rules.map(({ definition }) => definition).filter(({ id }) => ids.has(id));
    expect(rules.length).toBe(ids.size);
    expect(ids.size).toBeGreaterThan(15);
    for (const { severity, parameters = {}, resource } of rules) {
      expect(severity).not.toBe('info');
      expect(resource).not.toMatch(/GuardDuty|IAM|Organizations/);
      for (const parameter of Object.values(parameters)) expect(parameter.default).toBeDefined();
    }
  });
});

const packWith = (pack: string, more: Partial<PackDefinition>): PackDefinition => ({
  pack,
  title: pack,
  about: 'X.',
  ...more,
});

test('a pack has the rules it lists and those of its requirements, each once', () => {
  const pack = packWith('p', {
    rules: ['a', 'b'],
    requirements: [{ id: '1', title: 'T', coverage: 'full', rules: [{ rule: 'b' }, { rule: 'c' }] }],
  });
  expect([...rulesOfPack(pack, ['z'])]).toEqual(['a', 'b', 'c']);
  expect([...rulesOfPack(packWith('p', { rules: 'all' }), ['y', 'z'])]).toEqual(['y', 'z']);
});

test('the controls of a rule are the requirements that packs say it answers', () => {
  const requirement = (id: string, ...rules: readonly string[]) => ({
    id,
    title: id,
    coverage: 'full' as const,
    rules: rules.map((rule) => ({ rule })),
  });
  const controls = controlsIn([
    packWith('p', { requirements: [requirement('1', 'a', 'b'), requirement('2', 'a')] }),
    packWith('q', { requirements: [requirement('x', 'a')] }),
    packWith('r', { rules: ['a'] }),
  ]);
  expect(Object.fromEntries(controls)).toEqual({ a: { p: ['1', '2'], q: ['x'] }, b: { p: ['1'] } });
});

describe('parameters of several packs', () => {
  const wanting = (pack: string, days: number) => packWith(pack, { parameters: { 'trail-kept': { days } } });

  test('agree', () => {
    const together = packParameters([wanting('p', 400), wanting('q', 400)], builtIn);
    expect(together).toEqual({ parameters: { 'trail-kept': { days: 400 } }, disagreements: [] });
  });

  test('disagree: the strictest holds, and who wants what is told', () => {
    expect(packParameters([wanting('p', 365), wanting('q', 2190), wanting('r', 730)], builtIn)).toEqual({
      parameters: { 'trail-kept': { days: 2190 } },
      disagreements: [
        {
          rule: 'trail-kept',
          parameter: 'days',
          value: 2190,
          wanted: [
            { pack: 'p', value: 365 },
            { pack: 'q', value: 2190 },
            { pack: 'r', value: 730 },
          ],
        },
      ],
    });
  });

  test('disagree where nothing is stricter: there is no value', () => {
    const choosing = (pack: string, mode: string) => packWith(pack, { parameters: { 'trail-kept': { mode } } });
    const { disagreements } = packParameters([choosing('p', 'a'), choosing('q', 'b'), choosing('r', 'a')], builtIn);
    expect(disagreements).toMatchObject([{ parameter: 'mode', value: undefined }]);
  });

  test('of rules that are not chosen say nothing', () => {
    expect(packParameters([wanting('p', 400)], [])).toEqual({ parameters: {}, disagreements: [] });
  });
});
