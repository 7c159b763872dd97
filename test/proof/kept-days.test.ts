import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type KeepingSettings, keptDays } from '../../src/proof/kept-days.ts';
import type { Measure } from '../../src/proof/retention.ts';
import { isObject } from '../../src/snapshot/resource-view.ts';

const ever = Number.POSITIVE_INFINITY;
const space = { prefix: 'a', open: false };
const rule = (more: object) => ({ Status: 'Enabled', ...more });
const under = (Prefix: string) => ({ Filter: { Prefix } });
const days = (settings: KeepingSettings) => keptDays(settings, [space]).days;
const versioned = { Status: 'Enabled' };

describe('what cannot be known', () => {
  const lock = (retention: object) => ({ ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: retention } });
  const DefaultEventHold = { Days: 30 };
  test.each<[string, object, readonly number[], readonly number[]]>([
    ['a hold until an event, alone', { DefaultEventHold }, [10, ever], [0, ever]],
    ['… and 20 days', { Mode: 'COMPLIANCE', Days: 20, DefaultEventHold }, [20, ever], [20, ever]],
    ['… that some may bypass', { Mode: 'GOVERNANCE', Days: 20, DefaultEventHold }, [20, ever], [0, ever]],
    ['a mode that is new', { Mode: 'NEW', Days: 20 }, [10, 20], [0, 20]],
    ['years', { Mode: 'COMPLIANCE', Years: 1 }, [365, 365], [365, 365]],
  ])('%s', (_, retention, permanent, undeletable) => {
    const found = days({ lifecycle: { Rules: [rule({ Expiration: { Days: 10 } })] }, objectLock: lock(retention) });
    expect([found.permanent, found.undeletable].map(({ least, most }) => [least, most])).toEqual([
      permanent,
      undeletable,
    ]);
  });

  test.each<[string, unknown, readonly number[]]>([
    ['off', {}, [10, 10]],
    ['that is suspended', { Status: 'Suspended' }, [10, 10]],
    ['that is on', { Status: 'Enabled' }, [40, 40]],
    ['of a status that is new', { Status: 'Paused' }, [10, 40]],
    ['that is a text', 'Enabled', [10, 10]],
    ['with MFA delete off', { Status: 'Enabled', MFADelete: 'Disabled' }, [40, 40]],
    ['with MFA delete on', { Status: 'Enabled', MFADelete: 'Enabled' }, [40, ever]],
    ['with MFA delete of a value that is new', { Status: 'Enabled', MFADelete: 'Soon' }, [40, ever]],
  ])('for how long there are versions, with versioning %s', (_, versioning, permanent) => {
    const Rules = [rule({ Expiration: { Days: 10 }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } })];
    const found = days({ lifecycle: { Rules }, versioning }).permanent;
    expect([found.least, found.most]).toEqual(permanent);
  });

  test('whether rules act where MFA delete is on', () => {
    const found = days({
      lifecycle: { Rules: [rule({ Expiration: { Days: 10 }, Transitions: [{ Days: 5, StorageClass: 'GLACIER' }] })] },
      versioning: { ...versioned, MFADelete: 'Enabled' },
    });
    expect(found).toMatchObject({
      current: { least: 10, most: ever },
      queryable: { least: 5, most: ever },
      undeletable: { least: 0, most: 0 },
    });
  });
});

test('each object has its own fate: what expires late is not deleted early by a rule for others', () => {
  const Rules = [
    rule({ ...under('ax'), Expiration: { Days: 30 } }),
    rule({ ...under('ay'), Expiration: { Days: 365 }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }),
  ];
  expect(days({ lifecycle: { Rules }, versioning: versioned }).permanent).toEqual({ least: 395, most: 395 });
});

describe('agrees with every object of a small bucket', () => {
  const prefixes = ['', 'a', 'ab', 'abb', 'b', 'aa'];
  const keys = ['a', 'aa', 'ab', 'aba', 'abb', 'abbb', 'ac'];
  const few = fc.integer({ min: 0, max: 6 });
  const rules = fc.array(
    fc.record(
      {
        Status: fc.constantFrom('Enabled', 'Enabled', 'Disabled'),
        Filter: fc.record(
          {
            Prefix: fc.constantFrom(...prefixes),
            ObjectSizeGreaterThan: few,
            ObjectSizeLessThan: few,
            Tag: fc.constant({ Key: 'a', Value: 'b' }),
          },
          { requiredKeys: ['Prefix'] },
        ),
        Expiration: fc.record({ Days: few }),
        NoncurrentVersionExpiration: fc.record({ NoncurrentDays: few }),
        Transitions: fc.constantFrom(
          [{ Days: 2, StorageClass: 'GLACIER' }],
          [{ Days: 1, StorageClass: 'STANDARD_IA' }],
        ),
      },
      { requiredKeys: ['Status', 'Filter'] },
    ),
    { maxLength: 4 },
  );
  const settings = fc.record({
    lifecycle: fc.record({ Rules: rules }),
    versioning: fc.constantFrom({}, { Status: 'Enabled' }, { Status: 'Suspended' }),
  });

  interface Written {
    readonly Status: string;
    readonly Filter: Readonly<Record<string, unknown>>;
    readonly Expiration?: { readonly Days: number };
    readonly NoncurrentVersionExpiration?: { readonly NoncurrentDays: number };
    readonly Transitions?: readonly { readonly Days: number; readonly StorageClass: string }[];
  }

  /** One object, day by day: what a lifecycle run does to it at each midnight. */
  function live(all: readonly Written[], { key, size, status }: { key: string; size: number; status?: string }) {
    const own = all.filter(
      ({ Status, Filter: { Prefix, Tag, ObjectSizeGreaterThan: above = -1, ObjectSizeLessThan: below = ever } }) =>
        Status === 'Enabled' &&
        !isObject(Tag) &&
        key.startsWith(String(Prefix)) &&
        size > Number(above) &&
        size < Number(below),
    );
    let [current, permanent, queryable] = [ever, ever, ever];
    for (let day = 0; day < 20 && permanent === ever; day += 1) {
      const isFrozen = own.some((it) => it.Transitions?.some((to) => to.StorageClass === 'GLACIER' && day >= to.Days));
      if (isFrozen) queryable = Math.min(queryable, day);
      if (current === ever && own.some(({ Expiration }) => Expiration && day >= Expiration.Days)) {
        current = day;
        queryable = Math.min(queryable, day);
        if (status !== 'Enabled') permanent = day;
      }
      const isDeleted = own.some(({ NoncurrentVersionExpiration: it }) => it && day - current >= it.NoncurrentDays);
      if (current !== ever && status === 'Enabled' && isDeleted) permanent = day;
    }
    return { current, permanent, queryable };
  }

  test('the four numbers are those of the object that is kept shortest', () => {
    let tried = 0;
    fc.assert(
      fc.property(settings, ({ lifecycle, versioning }) => {
        const status = (versioning as { Status?: string }).Status;
        const lives = keys.flatMap((key) =>
          [1, 2, 3, 4, 5, 6, 7].map((size) =>
            live(lifecycle.Rules as readonly Written[], { key, size, ...(status && { status }) }),
          ),
        );
        const found = days({ lifecycle, versioning });
        for (const measure of ['current', 'permanent', 'queryable'] as const) {
          const least = Math.min(...lives.map((one) => one[measure]));
          expect(found[measure], measure).toEqual({ least, most: least });
        }
        tried += lives.length;
      }),
      { numRuns: 500, seed: 20_261_123 },
    );
    process.stdout.write(`kept days: ${tried} objects lived through\n`);
    expect(tried).toBe(500 * keys.length * 7);
  });

  test('one rule more never keeps longer', () => {
    const measures: readonly Measure[] = ['current', 'permanent', 'queryable'];
    fc.assert(
      fc.property(settings, rules, ({ lifecycle, versioning }, more) => {
        const before = days({ lifecycle, versioning });
        const after = days({ lifecycle: { Rules: [...lifecycle.Rules, ...more] }, versioning });
        for (const measure of measures) expect(after[measure].least).toBeLessThanOrEqual(before[measure].least);
      }),
      { numRuns: 300, seed: 20_261_123 },
    );
  });
});
