import { describe, expect, test } from 'vitest';
import { anyObject, type KeySpace } from '../../src/proof/key-space.ts';
import { lifecycle } from '../../src/proof/lifecycle.ts';
import { readLifecycleRules } from '../../src/proof/lifecycle-rule.ts';

const folder = 'AWSLogs/111122223333/CloudTrail';
const space: KeySpace = { prefix: `${folder}/`, open: false };
const rule = (more: object) => ({ Status: 'Enabled', ...more });
const read = (configuration: unknown, where = space) => lifecycle(readLifecycleRules(configuration), where);
const life = (...rules: readonly unknown[]) => read({ Rules: rules });
const forever = Number.POSITIVE_INFINITY;
const span = (least: number, most = least) => ({ least, most });
const untouched = { expires: span(forever), deleted: span(forever), archived: span(forever), bounds: [], notes: [] };
const expiring = (Days: unknown) => ({ Expiration: { Days } });
const under = (Prefix: string) => ({ Filter: { Prefix } });

describe('which rules reach the files (aws-semantics §4.5)', () => {
  test.each<[string, object, number]>([
    ['no filter', {}, 1],
    ['an empty filter', { Filter: {} }, 1],
    ['an empty prefix', under(''), 1],
    ['a prefix above', under('AWSLogs/'), 1],
    ['a prefix without a slash', under(folder), 1],
    ['a prefix inside: some of the files', under(`${folder}/eu-west-1/`), 1],
    ['a prefix of some days', under(`${folder}/eu-west-1/2026/11/`), 1],
    ['another prefix', under('other/'), forever],
    ['a star is no wildcard', under('AWSLogs/*'), forever],
    ['keys begin without a slash', under('/AWSLogs'), forever],
    ['digests alone', under(`${folder}-Digest/`), forever],
    ['the older form', { Prefix: 'AWSLogs' }, 1],
    ['the older form, elsewhere', { Prefix: 'other' }, forever],
    ['the older form, empty', { Prefix: '' }, 1],
    ['and: a prefix', { Filter: { And: { Prefix: 'other/', ObjectSizeGreaterThan: 1 } } }, forever],
    ['and: a prefix above', { Filter: { And: { Prefix: 'AWSLogs/', ObjectSizeGreaterThan: 1 } } }, 1],
    ['a tag: CloudTrail tags nothing', { Filter: { Tag: { Key: 'a', Value: 'b' } } }, forever],
    ['and: tags', { Filter: { And: { Prefix: '', Tags: [{ Key: 'a', Value: 'b' }] } } }, forever],
    ['and: no tags', { Filter: { And: { Prefix: '', Tags: [] } } }, 1],
    ['larger than any file', { Filter: { ObjectSizeGreaterThan: 60_000_000 } }, forever],
    ['larger than the largest but one', { Filter: { ObjectSizeGreaterThan: 52_428_799 } }, 1],
    ['larger than the largest', { Filter: { ObjectSizeGreaterThan: 52_428_800 } }, forever],
    ['and: larger than any file', { Filter: { And: { ObjectSizeGreaterThan: 60_000_000 } } }, forever],
    ['larger than some', { Filter: { ObjectSizeGreaterThan: 1000 } }, 1],
    ['larger than nothing', { Filter: { ObjectSizeGreaterThan: 0 } }, 1],
    ['smaller than some', { Filter: { ObjectSizeLessThan: 131_072 } }, 1],
    ['smaller than two bytes', { Filter: { ObjectSizeLessThan: 2 } }, 1],
    ['smaller than all', { Filter: { ObjectSizeLessThan: 1 } }, forever],
    ['and: smaller than all', { Filter: { And: { ObjectSizeLessThan: 1 } } }, forever],
    ['smaller than more than any', { Filter: { ObjectSizeLessThan: 60_000_000 } }, 1],
    ['between two sizes', { Filter: { And: { ObjectSizeGreaterThan: 9, ObjectSizeLessThan: 11 } } }, 1],
    [
      'between two sizes that leave none',
      { Filter: { And: { ObjectSizeGreaterThan: 9, ObjectSizeLessThan: 10 } } },
      forever,
    ],
  ])('%s', (_, filter, days) => {
    expect(life(rule({ ...expiring(1), ...filter })).expires).toEqual(span(days));
  });

  test.each([
    ['switched off', { Status: 'Disabled', Expiration: { Days: 1 } }],
    ['of markers', rule({ Expiration: { ExpiredObjectDeleteMarker: true } })],
    ['of uploads', rule({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, ...under(`${folder}/x`) })],
    [
      'of where old versions lie',
      rule({ NoncurrentVersionTransitions: [{ NoncurrentDays: 1, StorageClass: 'GLACIER' }] }),
    ],
  ])('a rule %s ends nothing, and is not worth a note', (_, it) => {
    expect(life(it)).toEqual({ ...untouched, archives: [] });
  });

  test.each([undefined, null, {}, { Rules: [] }])('no rules: %j', (configuration) => {
    expect(read(configuration)).toEqual({ ...untouched, archives: [] });
  });
});

describe('what cannot be read may mean anything, and never that there is nothing', () => {
  test.each<[string, unknown]>([
    ['rules that are no list', { Rules: 'x' }],
    ['a text', 'x'],
    ['a rule that is a text', { Rules: ['Enabled'] }],
    ['a rule that is null', { Rules: [null] }],
  ])('%s', (_, configuration) => {
    expect(read(configuration)).toEqual({
      expires: span(0, forever),
      deleted: span(0, forever),
      archived: span(0, forever),
      bounds: [{ path: 'LifecycleConfiguration.Rules[0].Expiration', days: 0 }],
      notes: ['a lifecycle rule that cannot be read may act: what it says is not known here'],
      archives: [
        'a lifecycle rule that cannot be read moves files to an unknown storage class, where they may need a restore',
      ],
    });
  });

  test.each<[string, object]>([
    ['a status that is new', { Status: 'Paused' }],
    ['no status', { Status: undefined }],
    ['a filter that is a text', { Filter: 'AWSLogs/' }],
    ['a prefix that is a number', { Filter: { Prefix: 1 } }],
    ['a lower size that is a text', { Filter: { ObjectSizeGreaterThan: '99999999999' } }],
    ['an upper size that is a text', { Filter: { ObjectSizeLessThan: '1' } }],
  ])('%s: it may act, or not', (_, more) => {
    const found = life(rule({ ID: 'x', ...expiring(30), ...more }));
    expect(found.expires).toEqual(span(30, forever));
    expect(found.notes).toEqual(['lifecycle rule x may act: what it says is not known here']);
  });

  test('a rule that may act elsewhere only, does not', () => {
    expect(life({ ...rule(expiring(30)), Status: 'Paused', ...under('other/') }).expires).toEqual(span(forever));
  });

  test('names and dates that are none', () => {
    const hostile = { toString: 1, valueOf: 1 };
    const found = life(rule({ ID: hostile, Expiration: { Date: hostile }, Transitions: [{ StorageClass: hostile }] }));
    expect(found.notes).toEqual(['lifecycle rule (unnamed) takes every file away from some day on, new ones at once']);
    expect(found.archives).toEqual([
      'lifecycle rule (unnamed) moves files to an unknown storage class, where they may need a restore',
    ]);
  });

  test.each<[string, object, object]>([
    ['an expiration that is a number', { Expiration: 30 }, span(0, forever)],
    ['days that are a text', expiring('30'), span(0, forever)],
    ['days below zero', expiring(-1), span(0, forever)],
    ['no day at all', expiring(0), span(0)],
    ['days and a date: the date ends it', { Expiration: { Days: 30, Date: '2030-01-01T00:00:00Z' } }, span(0)],
  ])('%s', (_, it, expires) => {
    expect(life(rule(it)).expires).toEqual(expires);
  });

  test('a rule that says nothing of versions spares none and deletes none', () => {
    expect(life(rule({ Expiration: 30 }))).toMatchObject({
      deleted: span(forever),
      bounds: [{ path: 'LifecycleConfiguration.Rules[0].Expiration', days: 0 }],
    });
  });
});

describe('what they do', () => {
  test('the earliest wins; a date ends all at once', () => {
    expect(life(rule(expiring(365)), rule(expiring(30))).expires).toEqual(span(30));
    expect(life(rule(expiring(30)), rule({ ID: 'd', Expiration: { Date: '2030-01-01T00:00:00Z' } }))).toMatchObject({
      expires: span(0),
      bounds: [
        { path: 'LifecycleConfiguration.Rules[0].Expiration.Days', days: 30 },
        { path: 'LifecycleConfiguration.Rules[1].Expiration.Date', days: 0 },
      ],
      notes: ['lifecycle rule d takes every file away from 2030-01-01T00:00:00Z on, new ones at once'],
    });
  });

  test.each<[string, unknown, object]>([
    ['so many days later', { NoncurrentDays: 30 }, span(40)],
    [
      'unless one newer is kept, which there never is',
      { NoncurrentDays: 30, NewerNoncurrentVersions: 1 },
      span(forever),
    ],
    ['with none newer to keep', { NoncurrentDays: 30, NewerNoncurrentVersions: 0 }, span(40)],
    ['without days: nobody knows when', {}, span(10, forever)],
    ['a text: nobody knows when', '30', span(10, forever)],
    ['with a text for what is newer', { NoncurrentDays: 30, NewerNoncurrentVersions: '1' }, span(40, forever)],
  ])('a noncurrent version goes %s', (_, it, deleted) => {
    expect(life(rule({ ...expiring(10), NoncurrentVersionExpiration: it }))).toMatchObject({
      expires: span(10),
      deleted,
    });
  });

  test('a version that never becomes noncurrent stays', () => {
    expect(life(rule({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } })).deleted).toEqual(span(forever));
  });

  const noncurrent = { NoncurrentVersionExpiration: { NoncurrentDays: 5 } };
  test.each<[string, object, object, number]>([
    ['one above the other', under('AWSLogs/'), under(`${folder}/eu-west-1/`), 15],
    ['the other above the one', under(`${folder}/eu-west-1/`), under('AWSLogs/'), 15],
    ['side by side', under(`${folder}/eu-west-1/`), under(`${folder}/us-east-1/`), forever],
    ['of sizes that meet', { Filter: { ObjectSizeGreaterThan: 9 } }, { Filter: { ObjectSizeLessThan: 11 } }, 15],
    ['of sizes that do not', { Filter: { ObjectSizeGreaterThan: 9 } }, { Filter: { ObjectSizeLessThan: 10 } }, forever],
    [
      'of sizes that do not, the other way',
      { Filter: { ObjectSizeLessThan: 10 } },
      { Filter: { ObjectSizeGreaterThan: 9 } },
      forever,
    ],
  ])('two rules act on one and the same file: %s', (_, first, second, deleted) => {
    expect(life(rule({ ...expiring(10), ...first }), rule({ ...noncurrent, ...second })).deleted).toEqual(
      span(deleted),
    );
  });

  test('if one of the two may not act, perhaps neither ends anything', () => {
    const found = life(rule(expiring(10)), { ...noncurrent, Status: 'Paused' });
    expect(found).toMatchObject({ expires: span(10), deleted: span(15, forever) });
  });
});

describe('archives that need a restore', () => {
  const into = (...Transitions: readonly unknown[]) => {
    const { archived, archives } = life(rule({ ID: 'a', Transitions }));
    return [archived.least, archived.most, ...archives];
  };
  test.each<[string, object, readonly unknown[]]>([
    ['GLACIER', { Days: 30 }, [30, 30, 'lifecycle rule a moves files to GLACIER, where they need a restore']],
    [
      'DEEP_ARCHIVE',
      { Date: '2030-01-01' },
      [0, 0, 'lifecycle rule a moves files to DEEP_ARCHIVE, where they need a restore'],
    ],
    ['GLACIER', { Days: '30' }, [0, forever, 'lifecycle rule a moves files to GLACIER, where they may need a restore']],
    ['STANDARD', { Days: 0 }, [forever, forever]],
    ['GLACIER_IR', { Days: 0 }, [forever, forever]],
    ['STANDARD_IA', { Days: 30 }, [forever, forever]],
    ['ONEZONE_IA', { Days: 30 }, [forever, forever]],
    // Where it is configured to, and after 90 days at the earliest.
    [
      'INTELLIGENT_TIERING',
      { Days: 10 },
      [100, forever, 'lifecycle rule a moves files to INTELLIGENT_TIERING, where they may need a restore'],
    ],
    ['NEW', { Days: 30 }, [30, forever, 'lifecycle rule a moves files to NEW, where they may need a restore']],
  ])('%s', (StorageClass, when, expected) => {
    expect(into({ StorageClass, ...when })).toEqual(expected);
  });

  test('the earliest wins; what cannot be read may be one', () => {
    expect(into({ StorageClass: 'GLACIER', Days: 90 }, { StorageClass: 'DEEP_ARCHIVE', Days: 60 }).slice(0, 2)).toEqual(
      [60, 60],
    );
    const unknown = 'lifecycle rule a moves files to an unknown storage class, where they may need a restore';
    expect([into({ Days: 30 }), into('GLACIER')]).toEqual([
      [30, forever, unknown],
      [0, forever, unknown],
    ]);
    const { archived, archives } = life(rule({ ID: 'a', Transitions: 'GLACIER' }));
    expect([archived, archives]).toEqual([span(0, forever), [unknown]]);
  });
});

describe('notes name the rule and what it acts on', () => {
  test.each<[string, object, readonly string[]]>([
    ['all files', { ID: 'all' }, []],
    [
      'a tag',
      { ID: 't', Filter: { Tag: { Key: 'a', Value: 'b' } } },
      ['lifecycle rule t acts on tagged objects alone, and CloudTrail tags none'],
    ],
    ['a tag elsewhere', { Filter: { And: { Prefix: 'other/', Tags: [{ Key: 'a', Value: 'b' }] } } }, []],
    [
      'a folder',
      under(`${folder}/eu-west-1/`),
      [`lifecycle rule (unnamed) acts on some of the files: under ${folder}/eu-west-1/`],
    ],
    [
      'sizes',
      { ID: 's', Filter: { And: { ObjectSizeGreaterThan: 10, ObjectSizeLessThan: 20 } } },
      ['lifecycle rule s acts on some of the files: larger than 10 bytes, smaller than 20 bytes'],
    ],
    [
      'sizes that leave none out',
      { Filter: { And: { ObjectSizeGreaterThan: 0, ObjectSizeLessThan: 52_428_801 } } },
      [],
    ],
    [
      'all but the largest size',
      { ID: 's', Filter: { ObjectSizeLessThan: 52_428_800 } },
      ['lifecycle rule s acts on some of the files: smaller than 52428800 bytes'],
    ],
    ['sizes of which there are none', { Filter: { ObjectSizeGreaterThan: 60_000_000 } }, []],
  ])('%s', (_, more, notes) => {
    expect(life(rule({ ...expiring(1), ...more })).notes).toEqual(notes);
  });

  test('under a path whose end is not known, a rule below it may act', () => {
    const open = read(
      { Rules: [rule({ ID: 'own', ...expiring(1), ...under('AWSLogs/o-a/') }), rule(expiring(9))] },
      { prefix: 'AWSLogs/o-', open: true },
    );
    expect(open.expires).toEqual(span(1, 9));
    expect(open.notes).toEqual(['lifecycle rule own may act on the files: what their path is to the end is not known']);
  });

  test('where there may be nothing at all, no rule is certain to end anything', () => {
    expect(read({ Rules: [rule(expiring(9))] }, { ...space, doubtful: true }).expires).toEqual(span(9, forever));
  });
});

describe('objects of anybody', () => {
  const of = (...rules: readonly object[]) => read({ Rules: rules }, anyObject);
  test('may be tagged, large, or written again', () => {
    const tagged = of(rule({ ID: 't', ...expiring(1), Filter: { Tag: { Key: 'a', Value: 'b' } } }));
    expect([tagged.expires, tagged.notes]).toEqual([
      span(1, forever),
      ['lifecycle rule t acts on tagged objects alone'],
    ]);
    expect(of(rule({ ...expiring(1), Filter: { ObjectSizeGreaterThan: 60_000_000 } })).expires).toEqual(span(1));
    const newer = { NoncurrentVersionExpiration: { NoncurrentDays: 30, NewerNoncurrentVersions: 1 } };
    expect(of(rule({ ...expiring(10), ...newer })).deleted).toEqual(span(40, forever));
  });
});
