import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { resourceTypes } from '../../src/resource-types/index.ts';
import type { Registry } from '../../src/resource-types/resource-type.ts';
import type { ShapeNode } from '../../src/resource-types/shape.ts';
import { ourWords, verbs, vocabularyOf } from '../../src/rules/vocabulary.ts';

const registry: Registry = resourceTypes;
const types = Object.values(registry);
const wordsOf = (name: keyof typeof resourceTypes) => vocabularyOf(registry[name] ?? resourceTypes[name], registry);

test('no word of ours is used for two things', () => {
  const words = ourWords(registry);
  const kinds = Object.entries(words).flatMap(([kind, list]) => list.map((word) => [word, kind] as const));
  const twice = [...Map.groupBy(kinds, ([word]) => word)].filter(([, uses]) => uses.length > 1);
  expect(twice).toEqual([]);
});

test('every word of ours begins with a small letter', () => {
  expect(
    Object.values(ourWords(registry))
      .flat()
      .filter((word) => !/^[a-z][A-Za-z]*$/.test(word)),
  ).toEqual([]);
});

test('all words of ours', () => {
  expect(ourWords(registry)).toEqual({
    facts: [
      'accountId',
      'aggregated',
      'bucketAccepts',
      'confusedDeputy',
      'actionsEnabled',
      'auditing',
      'critical',
      'deadLetters',
      'delivering',
      'digestsPermitted',
      'asksForReads',
      'auditing',
      'backedByTrail',
      'allowedActions',
      'allowedResources',
      'critical',
      'delivering',
      'failuresAlarmed',
      'heard',
      'id',
      'ingesting',
      'keptDays',
      'lockedDays',
      'managementEventCopies',
      'logsRoleWrites',
      'name',
      'notifying',
      'outsiders',
      'ownedByManagementAccount',
      'mayPublish',
      'name',
      'oneEventEnough',
      'ownedByThisAccount',
      'partition',
      'queriesLogs',
      'queryable',
      'readers',
      'reachesTarget',
      'receivesReads',
      'recordsIam',
      'recordsItself',
      'region',
      'replicated',
      'resultVersionsKeptDays',
      'resultsKeptDays',
      'tlsOnly',
      'sharedWith',
      'takesAction',
      'watched',
      'trustedPrincipals',
    ],
    relations: [
      'accessLogBucket',
      'accessLogSources',
      'account',
      'alarms',
      'bucket',
      'buckets',
      'channels',
      'configRules',
      'configurationRecorders',
      'detectors',
      'eventDataStores',
      'eventRules',
      'hubs',
      'key',
      'logDestinations',
      'logGroup',
      'logGroups',
      'logResourcePolicies',
      'logsRole',
      'metricFilters',
      'organization',
      'queryWorkGroups',
      'regions',
      'resultBucket',
      'roles',
      'trails',
      'users',
    ],
    operators: ['equals', 'in', 'like', 'exists', 'empty', 'atLeast', 'atMost', 'within'],
    quantifiers: ['some', 'every', 'none', 'count', 'where'],
    logic: ['all', 'any', 'not'],
    verbs: ['records', 'keeps', 'alerts', 'permits', 'limits', 'denies', 'grants'],
    tags: ['tags'],
  });
});

describe('every property of every type', () => {
  const namesIn = (node: ShapeNode): readonly string[] => {
    if (node.kind === 'list') return namesIn(node.of);
    return node.kind === 'object'
      ? Object.entries(node.properties).flatMap(([name, inner]) => [name, ...namesIn(inner)])
      : [];
  };
  test.each(types.map((type) => [type.name, type] as const))('%s: begins with a capital, tags excepted', (_, type) => {
    const { properties } = vocabularyOf(type, registry);
    const names = [...properties].flatMap(([name, { node }]) => [name, ...namesIn(node)]);
    expect(names.filter((name) => !/^[A-Z]/.test(name) && name !== 'tags')).toEqual([]);
  });

  test.each(types.map((type) => [type.name, type] as const))('%s: has one operation that gives it', (_, type) => {
    const given = Object.values(type.reads).flatMap(({ gives }) => Object.keys(gives));
    const found = type.item.node.kind === 'object' ? Object.keys(type.item.node.properties) : [];
    expect(new Set([...given, ...found]).size).toBe(given.length + found.length);
  });
});

describe('a relation', () => {
  const relations = types.flatMap((type) =>
    Object.entries(type.relations).map(([name, relation]) => [`${type.name}.${name}`, type, relation] as const),
  );
  test.each(relations)('%s: points along a property at a property, and back', (_, type, { to, by, at, back }) => {
    const target = registry[to];
    expect(vocabularyOf(type, registry).properties.has(by.split('.')[0] ?? '')).toBe(true);
    expect(target && vocabularyOf(target, registry).properties.has(at)).toBe(true);
    expect(target && back && vocabularyOf(target, registry).toMany.get(back)).toBe(type);
  });
});

test('what each type can be asked', () => {
  const asked = Object.fromEntries(
    types.map((type) => {
      const { toOne, toMany, verbs: own } = vocabularyOf(type, registry);
      return [type.name, [...toOne.keys(), ...[...toMany.keys()].map((name) => `${name}*`), ...own].join(' ')];
    }),
  );
  const golden = new URL('vocabulary.json', import.meta.url);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, `${JSON.stringify(asked, undefined, 2)}\n`);
  expect(asked).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
  expect(asked).toEqual({
    'AWS::Account':
      'trails* regions* eventDataStores* metricFilters* alarms* eventRules* organization* roles* users* records keeps alerts denies',
    'AWS::Athena::WorkGroup': 'account',
    'AWS::Glue::Database': 'account',
    'AWS::CloudWatch::Alarm': 'account',
    'AWS::DynamoDB::Table': 'account records',
    'AWS::Events::EventBus': 'account permits',
    'AWS::Events::Rule': 'account',
    'AWS::Lambda::Function': 'account records permits',
    'AWS::Logs::MetricFilter': 'account',
    'AWS::Logs::ResourcePolicy': 'account',
    'AWS::Organizations::Organization': 'account',
    'AWS::Organizations::Account': 'account',
    'AWS::Organizations::Policy': 'account',
    'AWS::SNS::Subscription': 'account',
    'AWS::SNS::Topic': 'account permits',
    'AWS::Region': 'account trails* eventDataStores* configurationRecorders* detectors* hubs* records alerts',
    'AWS::CloudTrail::Trail': 'bucket key logGroup logsRole account records keeps',
    'AWS::CloudTrail::EventDataStore': 'key account records keeps permits',
    'AWS::CloudTrail::Channel': 'account permits',
    'AWS::S3::Bucket': 'key accessLogBucket account trails* accessLogSources* records keeps permits denies',
    'AWS::KMS::Key': 'account trails* eventDataStores* buckets* logGroups* permits denies',
    'AWS::Logs::LogGroup': 'key account trails* keeps',
    'AWS::Config::ConfigurationRecorder': 'account',
    'AWS::Config::ConfigurationAggregator': 'account',
    'AWS::GuardDuty::Detector': 'account',
    'AWS::SecurityHub::Hub': 'account',
    'AWS::EC2::VPC': 'account',
    'AWS::IAM::Role': 'account trails* grants',
    'AWS::IAM::User': 'account grants',
    'AWS::IAM::Group': 'account',
    'AWS::IAM::ManagedPolicy': 'account',
  });
  expect(
    Object.values(verbs)
      .flatMap(({ of }) => of)
      .filter((name) => !Object.hasOwn(registry, name)),
  ).toEqual([]);
});

test('the words of a type: its properties with their operations, its facts', () => {
  const { properties, facts } = wordsOf('AWS::CloudTrail::Trail');
  expect(properties.get('Status')?.operation).toBe('cloudtrail:GetTrailStatus');
  expect(properties.get('HomeRegion')?.operation).toBeUndefined();
  expect(Object.keys(facts).toSorted()).toEqual([
    'accountId',
    'bucketAccepts',
    'delivering',
    'digestsPermitted',
    'id',
    'logsRoleWrites',
    'name',
    'notifying',
    'ownedByManagementAccount',
    'ownedByThisAccount',
    'partition',
    'queryable',
    'recordsItself',
    'region',
  ]);
  expect(Object.keys(wordsOf('AWS::S3::Bucket').facts)).toEqual(expect.arrayContaining(['critical', 'lockedDays']));
});
