import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { ruleSchema } from '../../src/rules/rule-schema.ts';
import { validateRule } from './built-in-rules.ts';
import { mistakesIn, ruleText } from './rule-text.ts';

const bucket = 'AWS::S3::Bucket';
const logGroup = 'AWS::Logs::LogGroup';
const key = 'AWS::KMS::Key';
const account = 'AWS::Account';
const trailType = 'AWS::CloudTrail::Trail';

describe('one mistake, one message, at its place', () => {
  test.each([
    [
      'require: { LogFileValidationEnable: true }',
      trailType,
      '6:12 LogFileValidationEnable is not a property of AWS::CloudTrail::Trail; did you mean LogFileValidationEnabled?',
    ],
    [
      'require: { Status: { IsLoging: true } }',
      trailType,
      '6:22 IsLoging is not a property of AWS::CloudTrail::Trail.Status; did you mean IsLogging?',
    ],
    [
      'require: { EventSelectors: { some: { ReadWriteTyp: All } } }',
      trailType,
      '6:38 ReadWriteTyp is not a property of AWS::CloudTrail::Trail.EventSelectors[]; did you mean ReadWriteType?',
    ],
    [
      'require: { bucket: { Versioning: { Statu: Enabled } } }',
      trailType,
      '6:36 Statu is not a property of AWS::S3::Bucket.Versioning; did you mean Status?',
    ],
    [
      'require: { bucket: { key: { KeyStat: Enabled } } }',
      trailType,
      '6:29 KeyStat is not a property of AWS::KMS::Key; did you mean KeyState?',
    ],
    [
      'when: { IsMultiRegionTrial: true }\nrequire: { IsMultiRegionTrail: true }',
      trailType,
      '6:9 IsMultiRegionTrial is not a property of AWS::CloudTrail::Trail; did you mean IsMultiRegionTrail?',
    ],
    [
      'require: { any: [{ IsMultiRegionTrail: true }, { not: { HomeRegin: x } }] }',
      trailType,
      '6:57 HomeRegin is not a property of AWS::CloudTrail::Trail; did you mean HomeRegion?',
    ],
    ['require: { constructor: true }', trailType, '6:12 constructor is not a property of AWS::CloudTrail::Trail'],
    ['require: { exists: true }', trailType, '6:12 exists is not a property of AWS::CloudTrail::Trail'],
    ['require: { critical: true }', trailType, '6:12 critical is not a property of AWS::CloudTrail::Trail'],
    ['require: { permits: { action: x } }', bucket, '6:21 principal is missing; permits needs it'],
    [
      "require: { permits: { principal: '*', action: x, context: { 'aws:SourceArn': { exists: true } } } }",
      bucket,
      '6:88 require.permits.context.aws:SourceArn.exists must be false, not true',
    ],
    ['require: { limits: { action: x } }', bucket, '6:20 to is missing; limits needs it'],
    ['require: { permits: { action: x } }', trailType, '6:12 permits is not a property of AWS::CloudTrail::Trail'],
    ['require: { records: { eventCategory: Management } }', key, '6:12 records is not a property of AWS::KMS::Key'],
    ['require: { keeps: { atLeast: 365 } }', key, '6:12 keeps is not a property of AWS::KMS::Key'],
    [
      'require: { trails: { Name: x } }',
      account,
      '6:22 Name is not a property of AWS::Account.trails; it has some, every, none, where, count, exists',
    ],
    [
      'require: { EventSelectors: { ReadWriteType: All } }',
      trailType,
      '6:30 ReadWriteType is not a property of AWS::CloudTrail::Trail.EventSelectors; it has some, every, none, where, count, exists',
    ],
    [
      'require: { EventSelectors: [{ ReadWriteType: All }] }',
      trailType,
      '6:28 require.EventSelectors must be an object, not a list',
    ],
    [
      'require: { HomeRegion: { equal: x } }',
      trailType,
      '6:26 equal is not a property of the operators of a text; did you mean equals?',
    ],
    [
      'require: { HomeRegion: { atLeast: 3 } }',
      trailType,
      '6:26 atLeast is not a property of the operators of a text; it has equals, in, like, exists, empty, not',
    ],
    [
      'require: { LogFileValidationEnabled: { like: "t*" } }',
      trailType,
      '6:40 like is not a property of the operators of a flag; it has equals, in, exists, empty, not',
    ],
    [
      'require: { LogFileValidationEnabled: "true" }',
      trailType,
      '6:38 require.LogFileValidationEnabled must be true or false, or $parameter, not "true"',
    ],
    [
      'require: { LogFileValidationEnabled: yes }',
      trailType,
      '6:38 require.LogFileValidationEnabled must be true or false, or $parameter, not "yes"',
    ],
    [
      'require: { LogFileValidationEnabled: 1 }',
      trailType,
      '6:38 require.LogFileValidationEnabled must be true or false, not 1',
    ],
    [
      'require: { RetentionInDays: "365" }',
      logGroup,
      '6:29 require.RetentionInDays must be a number, or $parameter, not "365"',
    ],
    [
      'require: { RetentionInDays: { atLeast: many } }',
      logGroup,
      '6:40 require.RetentionInDays.atLeast must be a number, or $parameter, not "many"',
    ],
    ['require: { HomeRegion: 5 }', trailType, '6:24 require.HomeRegion must be a string, not the number 5; quote it'],
    [
      'require: { HomeRegion: { in: us-east-1 } }',
      trailType,
      '6:30 require.HomeRegion.in must be a list of values, or $parameter, not "us-east-1"',
    ],
    ['require: { HomeRegion: { in: [] } }', trailType, '6:30 require.HomeRegion.in must not be empty'],
    ['require: { tags: { env: 5 } }', trailType, '6:25 require.tags.env must be a string, not the number 5; quote it'],
    ['require: { KeyState: Enable }', key, '6:22 require.KeyState cannot be "Enable"; did you mean Enabled?'],
    [
      'require: { KeyState: { not: Disable } }',
      key,
      '6:29 require.KeyState.not cannot be "Disable"; did you mean Disabled?',
    ],
    [
      'require: { KeyState: { in: [Enabled, Creatin] } }',
      key,
      '6:38 require.KeyState.in[1] cannot be "Creatin"; did you mean Creating?',
    ],
    ['require: {}', trailType, '6:10 require must not be empty'],
    ['require: { Status: {} }', trailType, '6:20 require.Status must not be empty'],
    ['require: { all: [] }', trailType, '6:17 require.all must not be empty'],
    ['require: { Status: true }', trailType, '6:20 require.Status must be an object, not true'],
    [
      'require: { Status: { LatestDeliveryTime: { within: 1 day } } }',
      trailType,
      '6:52 require.Status.LatestDeliveryTime.within must be a duration like 90m, 24h or 7d, not "1 day"',
    ],
    [
      'require: { records: { eventCategory: Managment } }',
      trailType,
      '6:38 require.records.eventCategory cannot be "Managment"; did you mean Management?',
    ],
    [
      'require: { records: { EventName: StopLogging } }',
      trailType,
      '6:23 the name "EventName" must be a field of a CloudTrail record, like eventName, not "EventName"',
    ],
    [
      'require: { records: { readOnly: "true" } }',
      trailType,
      '6:33 require.records.readOnly must be true or false, not "true"; write it without quotes, in small letters',
    ],
    [
      'require: { records: { eventName: { lik: x } } }',
      trailType,
      '6:36 lik is not a property of an event class field; did you mean like?',
    ],
    [
      'require: { records: { every: { eventName: x }, some: { eventName: y } } }',
      trailType,
      '6:21 require.records must hold at most 1',
    ],
    [
      'require: { records: { none: { eventName: x }, except: logBuckets } }',
      trailType,
      '6:23 none is not a property of records; it has every, except',
    ],
    [
      'require: { records: { every: { eventName: x }, except: logBucket } }',
      trailType,
      '6:56 require.records.except cannot be "logBucket"; did you mean logBuckets?',
    ],
    [
      'require: { keeps: { atLeast: 365, measure: recoverable } }',
      trailType,
      '6:44 require.keeps.measure cannot be "recoverable"; one of current, permanent, queryable, undeletable',
    ],
    ['require: { keeps: { measure: current } }', trailType, '6:19 atLeast is missing; keeps needs it'],
    ['require: { keeps: { atLeast: 1.5 } }', trailType, '6:30 require.keeps.atLeast must be a whole number, not 1.5'],
    [
      'require: { keeps: { atLeast: 1, in: [buckets] } }',
      trailType,
      '6:38 require.keeps.in[0] cannot be "buckets"; did you mean bucket?',
    ],
    ['require: { trails: { count: -1 } }', account, '6:29 require.trails.count must be at least 0'],
    [
      'require: { trails: { count: { atLeast: two } } }',
      account,
      '6:40 require.trails.count.atLeast must be a number of elements, or $parameter, not "two"',
    ],
    ['require: { trails: { exists: 1 } }', account, '6:30 require.trails.exists must be true or false, not 1'],
    [
      'require: { HomeRegion: $region }',
      trailType,
      '6:24 $region is not a parameter of this rule; the rule declares none',
    ],
    [
      'parameters: { days: { type: integer, default: 1 } }\nrequire: { HomeRegion: $day }',
      trailType,
      '7:24 $day is not a parameter of this rule; the rule declares $days',
    ],
    [
      'parameters: { days: { type: integer, default: 1 } }\nrequire: { HomeRegion: $days }',
      trailType,
      '7:24 $days is of type integer; here stands string',
    ],
    [
      'parameters: { days: { type: integer, default: a year } }\nrequire: { HomeRegion: x }',
      trailType,
      '6:47 the default of $days must be of type integer, not "a year"',
    ],
    [
      'parameters: { days: { type: integer, default: 0, minimum: 1 } }\nrequire: { HomeRegion: x }',
      trailType,
      '6:47 the default of $days must be at least 1, not 0',
    ],
    [
      'parameters: { days: { type: int, default: 1 } }\nrequire: { HomeRegion: x }',
      trailType,
      '6:29 parameters.days.type cannot be "int"; one of integer, number, string, boolean, duration, events, list',
    ],
    [
      'parameters: { days: { default: 1 } }\nrequire: { HomeRegion: x }',
      trailType,
      '6:21 type is missing; a parameter needs it',
    ],
    [
      'require: { HomeRegion: "{Regio}" }',
      trailType,
      '6:24 {Regio} is neither a property nor a fact of AWS::CloudTrail::Trail',
    ],
    [
      'require: { HomeRegion: x }\nremediation: { cli: "aws x {TrailArn}" }',
      trailType,
      '7:21 {TrailArn} is neither a property nor a fact of AWS::CloudTrail::Trail',
    ],
    [
      'require: { HomeRegion: x }\nmessage: "no {name} {nam}"',
      trailType,
      '7:10 {nam} is neither a property nor a fact of AWS::CloudTrail::Trail',
    ],
    [
      'require: { HomeRegion: x }\nremediation: { clli: "aws x" }',
      trailType,
      '7:16 clli is not a property of remediation; did you mean cli?',
    ],
    [
      'require: { HomeRegion: x }\nseverty: high',
      trailType,
      '7:1 severty is not a property of a rule; did you mean severity?',
    ],
    ['requires: { HomeRegion: x }', trailType, '6:1 requires is not a property of a rule; did you mean require?'],
    [
      'require: { HomeRegion: x }\nwhenNone: pass',
      trailType,
      '7:11 whenNone cannot be "pass"; one of fail, not-applicable',
    ],
    ['require: { HomeRegion: x }\ncontrols: { cis: "3.1" }', trailType, '7:18 controls.cis must be a list, not "3.1"'],
    [
      'require: { HomeRegion: x }\nreferences: [{ title: a, url: "http://x" }]',
      trailType,
      '7:31 references[0].url must be an https address, not "http://x"',
    ],
    ['when: null\nrequire: { HomeRegion: x }', trailType, '6:7 when must be an object, not null'],
    [
      'require: { HomeRegion: x }',
      'AWS::CloudTrail::Trial',
      '5:11 AWS::CloudTrail::Trial is not a resource type; did you mean AWS::CloudTrail::Trail?',
    ],
    [
      'require: { HomeRegion: x }',
      'Trail',
      `5:11 Trail is not a resource type; known are ${Object.keys(resourceTypes).join(', ')}`,
    ],
    [
      'require: { HomeRegion: x }',
      '5',
      `5:11 5 is not a resource type; known are ${Object.keys(resourceTypes).join(', ')}`,
    ],
  ])('%s', async (body, resource, message) => {
    expect(await mistakesIn(ruleText(body, resource))).toEqual([`x.yaml:${message}`]);
  });

  test.each([
    [
      'an id in capitals',
      'id: X_y\ntitle: X\nseverity: low\nwhy: B\nresource: AWS::Account\nrequire: { name: x }\n',
      '1:5 id must be words of lower-case letters and digits joined by -, not "X_y"',
    ],
    [
      'an id that is not the file name',
      'id: y\ntitle: X\nseverity: low\nwhy: B\nresource: AWS::Account\nrequire: { name: x }\n',
      "1:5 id y is not the file's name; call the file y.yaml",
    ],
    ['no resource', 'id: x\n', '1:1 resource is missing; a Trailproof rule needs it'],
    ['a list', '[]', '1:1 the file must be an object, not a list'],
    [
      'an empty title',
      'id: x\ntitle: ""\nseverity: low\nwhy: B\nresource: AWS::Account\nrequire: { name: x }\n',
      '2:8 title must not be empty',
    ],
    [
      'an unknown severity',
      'id: x\ntitle: X\nseverity: hig\nwhy: B\nresource: AWS::Account\nrequire: { name: x }\n',
      '3:11 severity cannot be "hig"; did you mean high?',
    ],
  ])('%s', async (_, text, message) => {
    expect(await mistakesIn(text)).toEqual([`x.yaml:${message}`]);
  });

  test('several mistakes are all said, in their order', async () => {
    const text = ruleText('require: { Statu: { IsLogging: true }, HomeRegion: 5 }\nmessage: ""');
    expect(await mistakesIn(text)).toEqual([
      'x.yaml:6:12 Statu is not a property of AWS::CloudTrail::Trail; did you mean Status?',
      'x.yaml:6:52 require.HomeRegion must be a string, not the number 5; quote it',
      'x.yaml:7:10 message must not be empty',
    ]);
  });
});

describe('everything that the grammar has is accepted', () => {
  test.each([
    [
      'values of every kind',
      trailType,
      'require: { HomeRegion: x, LogFileValidationEnabled: true, Status: { LatestDeliveryTime: "2026-11-20T09:00:00Z" } }',
    ],
    ['numbers', logGroup, 'require: { RetentionInDays: 365, MetricFilterCount: { atLeast: 1, atMost: 9 } }'],
    [
      'words of an enum',
      key,
      'require: { KeyState: Enabled, KeyManager: { in: [AWS, CUSTOMER] }, KeySpec: { not: RSA_2048 }, Origin: { like: "AWS_*" } }',
    ],
    ['a word that nobody knows yet, by like', key, 'require: { KeyState: { like: NewState } }'],
    ['JSON as text', bucket, 'require: { Policy: { like: "*Deny*" } }'],
    [
      'operators',
      trailType,
      'require: { S3KeyPrefix: { equals: a, in: [a, b], like: [a, "b*"], exists: true, empty: false, not: c } }',
    ],
    ['not with operators', trailType, 'require: { S3KeyPrefix: { not: { in: [a], like: "b*" } } }'],
    ['within', trailType, 'require: { Status: { LatestDeliveryTime: { within: 24h } } }'],
    [
      'logic, nested',
      trailType,
      'require: { all: [{ HomeRegion: x }, { any: [{ HomeRegion: y }, { not: { HomeRegion: z } }] }] }',
    ],
    ['an object that exists', bucket, 'require: { Versioning: { exists: true, Status: Enabled } }'],
    [
      'lists',
      bucket,
      'require: { LifecycleConfiguration: { Rules: { some: { Status: Enabled }, every: { ID: x }, none: { Prefix: y }, count: 2, where: { Status: Enabled }, exists: true } } }',
    ],
    [
      'a list of texts',
      trailType,
      'require: { EventSelectors: { some: { ExcludeManagementEventSources: { some: kms.amazonaws.com, none: { like: "a*" } } } } }',
    ],
    ['counts', account, 'require: { trails: { count: { atLeast: 1, atMost: 5 } }, regions: { count: { equals: 3 } } }'],
    ['tags', bucket, 'require: { tags: { data-class: restricted, env: { in: [prod] }, exists: true, empty: false } }'],
    [
      'facts',
      bucket,
      'require: { id: { like: "arn:*" }, name: x, region: x, accountId: x, partition: aws, critical: true, lockedDays: { atLeast: 365 } }',
    ],
    [
      'to-one relations',
      trailType,
      'require: { bucket: { exists: true, Versioning: { Status: Enabled }, key: { exists: false } }, account: { trails: { exists: true } } }',
    ],
    [
      'to-many relations',
      bucket,
      'require: { trails: { some: { ownedByThisAccount: true }, where: { HomeRegion: x } }, accessLogSources: { none: { name: x } } }',
    ],
    [
      'an event class',
      trailType,
      'require: { records: { eventCategory: Management, readOnly: true, eventSource: [a, b], eventName: { not: c }, regions: [us-east-1], userIdentity.type: Root } }',
    ],
    ['an event class of several categories', trailType, 'require: { records: { eventCategory: [Management, Data] } }'],
    ['an event class not of a category', trailType, 'require: { records: { eventCategory: { not: Insight } } }'],
    [
      'several classes',
      account,
      'require: { records: [{ eventCategory: Management }, { eventCategory: Data, resources.type: "AWS::S3::Object" }] }',
    ],
    [
      'what need not be recorded',
      account,
      'require: { records: { every: { eventCategory: Data }, except: logBuckets } }',
    ],
    [
      'how much is recorded',
      account,
      'require: { records: { none: { eventCategory: Data, resources.ARN: { like: ["arn:aws:s3:::a/*"], exists: true } } } }',
    ],
    [
      'keeps',
      account,
      'require: { keeps: { atLeast: 365, measure: queryable, events: { eventCategory: Management }, in: [bucket, logGroup, eventDataStore] } }',
    ],
    [
      'parameters of every type',
      trailType,
      'parameters: { a: { type: integer, default: 1, minimum: 0, maximum: 9, stricter: higher, why: x }, b: { type: number }, c: { type: string, default: x }, d: { type: boolean, default: true }, e: { type: duration, default: 24h }, f: { type: events, default: { eventCategory: Management } }, g: { type: list, default: [x] } }\nrequire: { keeps: { atLeast: $a, events: $f }, HomeRegion: { equals: $c, in: $g }, LogFileValidationEnabled: $d, Status: { LatestDeliveryTime: { within: $e } }, records: $f }',
    ],
    ['a dollar', trailType, 'require: { S3KeyPrefix: $$x }'],
    [
      'names of the judged resource',
      trailType,
      'require: { bucket: { region: "{HomeRegion}", Name: { not: "{name}-{{x}" } } }',
    ],
    [
      'texts',
      trailType,
      'require: { HomeRegion: x }\nwhen: { ownedByThisAccount: true }\nwhenNone: fail\nmessage: "{Name} is wrong"\nremediation: { text: a, cli: "aws x {TrailARN}", terraform: "x {{ }", cloudformation: b }\ncontrols: { cis-aws-foundations-3.0.0: ["3.1"] }\nreferences: [{ title: a, url: "https://docs.aws.amazon.com/" }]',
    ],
  ])('%s', async (_, resource, body) => {
    expect(await mistakesIn(ruleText(body, resource))).toEqual([]);
  });
});

describe('the schema', () => {
  test('is a draft-07 schema that AJV accepts in strict mode, and of data alone', () => {
    const schema = ruleSchema(resourceTypes);
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(new Ajv().validateSchema(schema)).toBe(true);
  });

  test('has a branch for every resource type', () => {
    const { oneOf } = ruleSchema(resourceTypes) as { oneOf: readonly { $ref: string }[] };
    expect(oneOf.map(({ $ref }) => decodeURIComponent($ref))).toEqual(
      Object.keys(resourceTypes).map((name) => `#/definitions/${name}:rule`),
    );
  });

  test('tells one rule by its resource: the same body fits one type and not another', () => {
    const body = 'require: { RetentionInDays: 365 }';
    expect(validateRule(parse(ruleText(body, logGroup)))).toBe(true);
    expect(validateRule(parse(ruleText(body, key)))).toBe(false);
  });
});
