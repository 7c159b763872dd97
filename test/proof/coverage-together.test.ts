import { describe, expect, test } from 'vitest';
import { type Coverage, isSomeOf, someOf } from '../../src/proof/coverage.ts';
import { readEventClass } from '../../src/proof/event-class.ts';
import { nobodyKnowsWhich } from '../../src/proof/event-set.ts';
import type { Source } from '../../src/proof/try-events.ts';
import { describeWitness } from '../../src/proof/witness-text.ts';
import { advanced, amount, covered, how, inBucket, management, object, working } from './asking-coverage.ts';

describe('several sources together', () => {
  const kms = 'kms.amazonaws.com';
  const but: Source = working(advanced({ ...management, eventSource: { NotEquals: [kms] } }));
  const only: Source = working(advanced({ ...management, eventSource: { Equals: [kms] } }));
  const every: Source = working(advanced(management));
  const of = (...sources: readonly Source[]): Coverage => covered(sources, { eventCategory: 'Management' });

  test('the fewest that are enough', () => {
    expect(of(but, only).enough).toEqual([0, 1]);
    expect(of(but, only, every).enough).toEqual([2]);
    expect(of(but, but, only).enough).toEqual([0, 2]);
  });

  test('one that may work may fill what is missing', () => {
    expect(of(but, { ...only, works: 'unknown' })).toMatchObject({ every: 'unknown', some: 'yes' });
    expect(of(but, { ...but, works: 'unknown' })).toMatchObject({ every: 'no', some: 'yes' });
    expect(of(but, { ...only, works: 'no' })).toMatchObject({ every: 'no', some: 'yes' });
    expect(of(but, { works: 'yes', events: nobodyKnowsWhich })).toMatchObject({ every: 'unknown', some: 'yes' });
    expect(of({ works: 'unknown', events: nobodyKnowsWhich })).toMatchObject({ every: 'unknown', some: 'unknown' });
  });

  test('the fewest for all kinds of calls together', () => {
    const creating = working(advanced({ ...management, eventName: { Equals: ['CreateKey'] } }));
    const both = { eventCategory: 'Management', eventSource: kms, eventName: ['CreateKey', 'GetKeyPolicy'] };
    expect(covered([creating, every], both).enough).toEqual([1]);
    expect(covered([creating, but], { ...both, eventSource: 'a' })).toMatchObject({ every: 'yes', enough: [1] });
    expect(covered([but, creating], both)).toMatchObject({ every: 'no', some: 'yes', enough: [] });
  });

  test('what may be of two kinds needs who records the one and who the other', () => {
    const [reads, writes] = [true, false].map((it) =>
      working(advanced({ ...management, readOnly: { Equals: [`${it}`] } })),
    );
    const unsure = { eventCategory: 'Management', eventName: 'StartQueryExecution' };
    expect(reads && writes && covered([reads, writes], unsure)).toMatchObject({ every: 'yes', enough: [0, 1] });
  });

  test('of no sources: nothing', () => {
    expect(of()).toMatchObject({ every: 'no', some: 'no', enough: [] });
  });

  test('what is known of one kind, and not of the other', () => {
    const creating = working(advanced({ ...management, eventName: { Equals: ['CreateKey'] } }));
    const maybe: Source = { ...every, works: 'unknown' };
    const both = { eventCategory: 'Management', eventSource: kms, eventName: ['CreateKey', 'GetKeyPolicy'] };
    expect(covered([creating, maybe], both)).toMatchObject({ every: 'unknown', some: 'yes', enough: [] });
    expect(covered([maybe], both)).toMatchObject({ every: 'unknown', some: 'unknown' });
    expect(covered([creating, { ...maybe, works: 'no' }], both)).toMatchObject({ every: 'no', some: 'yes' });
  });
});

describe('whether any event is recorded, each source asked alone', () => {
  const kms = 'kms.amazonaws.com';
  const [reads, writes] = ['true', 'false'].map((it) =>
    working(advanced({ ...management, readOnly: { Equals: [it] } })),
  );
  const objects = working(advanced(object));
  const unread: Source = { works: 'yes', events: nobodyKnowsWhich };
  const off = (source: Source | undefined, works: Source['works'] = 'no'): Source => ({ ...objects, ...source, works });
  const unsure = { eventName: 'StartQueryExecution' };
  const both = { eventSource: kms, eventName: ['CreateKey', 'GetKeyPolicy'] };

  test.each<[string, readonly (Source | undefined)[], Readonly<Record<string, unknown>>, string]>([
    ['one that does', [objects, reads], { eventCategory: 'Management' }, 'yes'],
    ['none', [objects], { eventCategory: 'Management' }, 'no'],
    ['no sources', [], { eventCategory: 'Management' }, 'no'],
    ['one that does not work', [off(reads)], { eventCategory: 'Management' }, 'no'],
    ['one that may work', [off(reads, 'unknown'), objects], { eventCategory: 'Management' }, 'unknown'],
    ['one that may work, and one that does', [off(reads, 'unknown'), writes], { eventCategory: 'Management' }, 'yes'],
    ['one of which nobody knows', [unread], { eventCategory: 'Management' }, 'unknown'],
    ['one reading of a call', [reads], { ...unsure, eventCategory: 'Management' }, 'unknown'],
    ['each reading, by another one', [reads, writes], { ...unsure, eventCategory: 'Management' }, 'yes'],
    ['no reading', [objects], { ...unsure, eventCategory: 'Management' }, 'no'],
    ['one call of several', [writes], both, 'yes'],
    ['of what there is not', [reads], { eventType: 'AwsVpceEvents', eventCategory: 'Management' }, 'unknown'],
    ['nor is', [objects], { eventType: 'AwsVpceEvents', eventCategory: 'Management' }, 'unknown'],
  ])('%s', (_, given, written, some) => {
    const sources = given.filter((source) => source !== undefined);
    const events = readEventClass(written);
    expect(someOf(sources, events)).toBe(some);
    expect(covered(sources, written).some).toBe(some);
    expect(isSomeOf(sources, events)).toBe(some === 'yes');
  });
});

describe('an event that is not in anybody’s list', () => {
  test.each<[string, Readonly<Record<string, object>>, Readonly<Record<string, unknown>>, string]>([
    ['a call that AWS will have tomorrow', { eventName: { Equals: ['PutObject', 'DeleteObject'] } }, inBucket, 'some'],
    ['all but the calls of today', { eventName: { NotEquals: ['PutObject'] } }, { ...inBucket, readOnly: true }, 'all'],
    ['an object named with an ellipsis', { 'resources.ARN': { StartsWith: ['arn:aws:s3:::b/…'] } }, inBucket, 'some'],
    ['all but it', { 'resources.ARN': { NotStartsWith: ['arn:aws:s3:::b/…'] } }, inBucket, 'some'],
    ['all but that object', { 'resources.ARN': { NotEquals: ['arn:aws:s3:::b/…'] } }, inBucket, 'some'],
  ])('%s', (_, fields, asked, expected) => {
    expect(amount(how(advanced({ ...object, ...fields }), asked))).toBe(expected);
  });

  test('a call of the same name that another service has', () => {
    const statements = advanced({ ...management, eventName: { NotEquals: ['ExecuteStatement'] } });
    const { every, missed } = how(statements, { eventCategory: 'Management' });
    expect([every, describeWitness(missed ?? new Map())]).toEqual(['no', 'ExecuteStatement']);
    const data = advanced({ eventCategory: { Equals: ['Data'] } });
    const both = { eventName: 'ExecuteStatement', eventSource: ['dynamodb.amazonaws.com', 'rdsdata.amazonaws.com'] };
    expect(amount(how(data, both))).toBe('uncertain');
    expect(amount(how(data, { ...both, eventSource: 'dynamodb.amazonaws.com' }))).toBe('all');
    expect(amount(how(data, { eventName: 'ExecuteStatement' }))).toBe('uncertain');
  });

  test('a service that no selector names, where one does', () => {
    const selectors = advanced({
      eventCategory: { Equals: ['Data'] },
      'resources.type': { Equals: ['AWS::S3::Object'] },
      eventSource: { Equals: ['s3.amazonaws.com'] },
    });
    const objects = { eventCategory: 'Data', 'resources.type': 'AWS::S3::Object' };
    expect(amount(how(selectors, objects))).toBe('all');
    const others = advanced({ ...object, eventSource: { NotEquals: ['lambda.amazonaws.com'] } });
    expect(amount(how(others, objects))).toBe('all');
    const without = advanced({ ...object, eventSource: { NotStartsWith: ['s3'] } });
    expect(amount(how(without, objects))).toBe('none');
  });

  test('what a call is about, by its name', () => {
    const of = (type: string) =>
      advanced({ eventCategory: { Equals: ['Data'] }, 'resources.type': { Equals: [type] } });
    const lambda = { eventSource: 'lambda.amazonaws.com', eventName: 'Invoke' };
    expect(amount(how(of('AWS::Lambda::Function'), lambda))).toBe('all');
    expect(amount(how(of('AWS::DynamoDB::Table'), lambda))).toBe('none');
    const put = { eventSource: 's3.amazonaws.com', eventName: 'PutObject' };
    const payments = { ...put, 'resources.ARN': { like: 'arn:aws:s3:::payments/*' } };
    expect(amount(how(of('AWS::S3::Object'), payments))).toBe('all');
    expect(amount(how(of('AWS::S3::AccessPoint'), payments))).toBe('none');
    expect(how(of('AWS::S3::Object'), put)).toMatchObject({
      every: 'unknown',
      some: 'yes',
      why: 'whether the named calls are of objects or access points decides it',
    });
    expect(amount(how(advanced(management), put))).toBe('none');
  });

  test('a call through a VPC endpoint, of a class that takes in network activity', () => {
    const asked = {
      eventCategory: ['Management', 'NetworkActivity'],
      eventSource: 'sqs.amazonaws.com',
      eventName: 'GetQueueUrl',
    };
    const { every, some, missed } = how(advanced(management), asked);
    expect([every, some, missed?.get('eventCategory')]).toEqual(['no', 'yes', 'NetworkActivity']);
    const network = { eventCategory: { Equals: ['NetworkActivity'] }, eventSource: { Equals: ['sqs.amazonaws.com'] } };
    expect(amount(how(advanced(management, network), asked))).toBe('all');
  });

  test('an event without the field that a selector asks for', () => {
    const asked = { eventCategory: 'Management' };
    const from = (conditions: object) => advanced({ ...management, 'userIdentity.arn': conditions });
    const { every, missed } = how(from({ StartsWith: [''] }), asked);
    expect([every, describeWitness(missed ?? new Map())]).toEqual([
      'no',
      'Management events, without userIdentity.arn',
    ]);
    expect(amount(how(from({ NotStartsWith: ['a'] }), asked))).toBe('some');
    expect(
      amount(covered([working(from({ StartsWith: ['a'] })), working(from({ NotStartsWith: ['a'] }))], asked)),
    ).toBe('all');
    const of = (conditions: object) => working(from(conditions));
    expect(amount(covered([of({ Equals: [''] }), of({ NotEquals: [''] })], asked))).toBe('all');
  });
});

describe('five hundred beginnings', () => {
  const prefixes = Array.from({ length: 500 }, (_, index) => `arn:aws:s3:::b/${index}/`);
  const [inside, outside] = [{ StartsWith: prefixes }, { NotStartsWith: prefixes }].map((conditions) =>
    working(advanced({ ...object, 'resources.ARN': conditions })),
  );
  test('are compared', () => {
    if (!inside || !outside) throw new Error('no source');
    const writes = { ...inBucket, readOnly: false };
    expect(covered([inside, outside], writes)).toEqual({ every: 'yes', some: 'yes', enough: [0, 1] });
    const { every, missed } = covered([outside], writes);
    expect([every, describeWitness(missed ?? new Map())]).toEqual(['no', 'Data writes on arn:aws:s3:::b/0/…']);
    expect(amount(covered([inside], { ...writes, 'resources.ARN': { like: 'arn:aws:s3:::b/499/*' } }))).toBe('all');
  });
});
