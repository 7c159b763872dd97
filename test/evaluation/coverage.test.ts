import { describe, expect, test } from 'vitest';
import { type AccountCoverage, coverageOf } from '../../src/evaluation/coverage.ts';
import { coverageClasses } from '../../src/evaluation/coverage-classes.ts';
import { builtInRules } from '../../src/generated/built-in-rules.js';
import { readEvents } from '../../src/rules/event-sets.ts';
import { logs, type Setting, snapshotOf, sound } from '../proof/proving.ts';
import { view } from '../proof/viewing.ts';

const cover = (setting: Setting = {}, days = 91): AccountCoverage =>
  coverageOf(view(snapshotOf(setting)), { days, now: undefined });

/** The chains of a class, each in a line: regions, truths, whether any is recorded, and the broken link. */
const said = ({ classes }: AccountCoverage, name: string): readonly string[] | undefined =>
  classes
    .find(({ events }) => events === name)
    ?.chains.map(({ regions, links, part, broken }) =>
      [regions.join(' '), links.map(({ holds }) => holds).join(' '), part ?? '-', broken ?? '-'].join('; '),
    );

/** Data events of one bucket alone. */
const oneBucket = sound({
  EventSelectors: undefined,
  AdvancedEventSelectors: [
    { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
    {
      FieldSelectors: [
        { Field: 'eventCategory', Equals: ['Data'] },
        { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
        { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::payments/'] },
      ],
    },
  ],
});

describe('the coverage of an account', () => {
  test('has every class of the table, in its order', () => {
    const { account, classes } = cover();
    expect(account).toBe('111122223333');
    expect(classes.map(({ events }) => events)).toEqual(coverageClasses.map(({ name }) => name));
  });

  test('goes as far as somebody has to learn of it, and no further', () => {
    expect(said(cover(), 'management writes')).toEqual(['us-east-1 eu-west-1; yes yes yes yes; -; -']);
    expect(said(cover(), 'changes of trails')).toEqual(['us-east-1 eu-west-1; yes yes yes yes no; -; noticed by']);
  });

  test('names only the region where events of a global service happen', () => {
    expect(said(cover(), 'changes of IAM policies')).toEqual(['us-east-1; yes yes yes yes no; -; noticed by']);
  });

  test('tells what is recorded in part from what is not recorded at all', () => {
    const trails = [oneBucket];
    expect(said(cover({ trails }), 'S3 object reads')).toEqual(['us-east-1 eu-west-1; no no no no; yes; recorded by']);
    expect(said(cover({ trails }), 'Lambda invocations')).toEqual([
      'us-east-1 eu-west-1; no no no no; no; recorded by',
    ]);
  });

  test('has an entry for each region that answers for itself', () => {
    const trails = [sound({ IsMultiRegionTrail: false })];
    expect(said(cover({ trails }), 'management reads')).toEqual([
      'us-east-1; yes yes yes yes; -; -',
      'eu-west-1; no no no no; no; recorded by',
    ]);
  });

  test('asks for as many days as it is told', () => {
    const buckets = [logs('logs', 30)];
    expect(said(cover({ buckets }, 30), 'management writes')).toEqual(['us-east-1 eu-west-1; yes yes yes yes; -; -']);
    expect(said(cover({ buckets }, 31), 'management writes')).toEqual([
      'us-east-1 eu-west-1; yes yes yes no; -; kept for',
    ]);
  });

  test('says why a link does not hold, or is not known to', () => {
    const [chain] = cover({ trails: [] }).classes[0]?.chains ?? [];
    expect(chain?.why).toBe('trails is 0; eventDataStores is 0');
    const gaps = [{ operation: 'cloudtrail:DescribeTrails', error: 'AccessDenied' }];
    const open = cover({ trails: [], more: { gaps } });
    expect(said(open, 'management writes')).toEqual([
      'us-east-1 eu-west-1; unknown unknown unknown unknown; unknown; recorded by',
    ]);
    expect(open.classes[0]?.chains[0]?.why).toContain('cloudtrail:DescribeTrails');
  });

  test('of an account of which no region is known has but what happens in one region anyway', () => {
    const nowhere = cover({ more: { regions: [] } }).classes.filter(({ chains }) => chains.length > 0);
    expect(nowhere.map(({ events }) => events)).toEqual(['changes of IAM policies']);
  });
});

describe('the table of classes', () => {
  const watched = coverageClasses.filter(({ until }) => until === 'noticed by');

  test('has no name twice', () => {
    expect(new Set(coverageClasses.map(({ name }) => name)).size).toBe(coverageClasses.length);
  });

  test.each(watched.map((one) => [one.rule ?? '', one] as const))('asks about what %s asks about', (id, { events }) => {
    const { default: set, sets } =
      builtInRules.find(({ definition }) => definition.id === id)?.definition.parameters?.events ?? {};
    expect(readEvents(set, sets)).toEqual([events]);
  });
});
