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
      'actionsEnabled',
      'aggregated',
      'allowedActions',
      'allowedResources',
      'asksForReads',
      'auditing',
      'backedByTrail',
      'bucketAccepts',
      'confusedDeputy',
      'critical',
      'deadLetters',
      'delivering',
      'digestsPermitted',
      'failuresAlarmed',
      'heard',
      'id',
      'ingesting',
      'intercepting',
      'keptDays',
      'keyFits',
      'lockedDays',
      'logsRoleTrusts',
      'logsRoleWrites',
      'managementEventCopies',
      'mayPublish',
      'name',
      'notifying',
      'oneEventEnough',
      'openToAnybody',
      'outsiders',
      'ownedByManagementAccount',
      'ownedByThisAccount',
      'partition',
      'queriesLogs',
      'queryable',
      'reachesTarget',
      'readers',
      'receivesReads',
      'recordsIam',
      'recordsItself',
      'region',
      'replicated',
      'resultVersionsKeptDays',
      'resultsKeptDays',
      'sharedWith',
      'tagKeys',
      'takesAction',
      'tlsOnly',
      'trustedPrincipals',
      'watched',
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
      'topics',
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
    'keyFits',
    'logsRoleTrusts',
    'logsRoleWrites',
    'name',
    'notifying',
    'ownedByManagementAccount',
    'ownedByThisAccount',
    'partition',
    'queryable',
    'recordsItself',
    'region',
    'tagKeys',
  ]);
  expect(Object.keys(wordsOf('AWS::S3::Bucket').facts)).toEqual(expect.arrayContaining(['critical', 'lockedDays']));
});
