import { describe, expect, test } from 'vitest';
import { lockOf } from '../../src/proof/object-lock.ts';

const ever = Number.POSITIVE_INFINITY;
const lock = (DefaultRetention: unknown, ObjectLockEnabled = 'Enabled') => ({
  ObjectLockEnabled,
  Rule: { DefaultRetention },
});
const DefaultEventHold = { Days: 30 };

describe('the default retention of Object Lock: least and most days against lifecycle rules, against anybody (aws-semantics §4.4)', () => {
  test.each<[string, unknown, readonly number[]]>([
    ['days that nobody can shorten', lock({ Mode: 'COMPLIANCE', Days: 30 }), [30, 30, 30, 30]],
    ['days that some may bypass', lock({ Mode: 'GOVERNANCE', Days: 30 }), [30, 30, 0, 0]],
    ['years of 365 days', lock({ Mode: 'COMPLIANCE', Years: 2 }), [730, 730, 730, 730]],
    ['none', undefined, [0, 0, 0, 0]],
    ['a text', 'Enabled', [0, 0, 0, 0]],
    ['no rule', { ObjectLockEnabled: 'Enabled' }, [0, 0, 0, 0]],
    ['not enabled', lock({ Mode: 'COMPLIANCE', Days: 30 }, 'Disabled'), [0, 0, 0, 0]],
    ['no mode', lock({ Days: 30 }), [0, 0, 0, 0]],
    ['no time', lock({ Mode: 'COMPLIANCE' }), [0, 0, 0, 0]],
    ['nothing of it', lock(undefined), [0, 0, 0, 0]],
    ['a mode that is new', lock({ Mode: 'NEW', Days: 30 }), [0, 30, 0, 30]],
    ['a hold until an event, alone', lock({ DefaultEventHold }), [0, ever, 0, ever]],
    ['… and days', lock({ Mode: 'COMPLIANCE', Days: 20, DefaultEventHold }), [20, ever, 20, ever]],
    ['… that some may bypass', lock({ Mode: 'GOVERNANCE', Days: 20, DefaultEventHold }), [20, ever, 0, ever]],
  ])('%s', (_, written, expected) => {
    const { fromLifecycle, fromEverybody } = lockOf(written);
    expect([fromLifecycle, fromEverybody].flatMap(({ least, most }) => [least, most])).toEqual(expected);
  });

  test('why it is not known', () => {
    expect([lockOf(lock({ Mode: 'NEW', Days: 30 })).why, lockOf(lock({ DefaultEventHold })).why]).toEqual([
      'what mode "NEW" holds is not known',
      'how long a hold until an event lasts nobody can say',
    ]);
  });
});
