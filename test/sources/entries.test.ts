import { describe, expect, test } from 'vitest';
import { type EntryOptions, startEntries } from '../../src/sources/entries.ts';
import { roleByName } from '../../src/sources/many-accounts.ts';
import { type OrganizationOptions, organizationInMemory, own } from './in-memory-organization.ts';

/** More than are ever entered at once. */
const accounts = Array.from({ length: 40 }, (_, index) => String(2e11 + index));
const at = (index: number): string => accounts[index] ?? '';

async function entriesOf(options: Partial<EntryOptions> = {}, organization: OrganizationOptions = {}) {
  const { open, entered } = organizationInMemory(organization);
  const roleInto = roleByName({ account: own, partition: 'aws' }, { name: 'trailproof' });
  const entries = startEntries(await open({ environment: {} }), { accounts, roleInto, ahead: 3, ...options });
  return { entries, ids: () => entered.map(({ roleArn }) => roleArn.split(':')[4] ?? '') };
}

describe('accounts are entered', () => {
  test('in their order and once, no more of them ahead than was said', async () => {
    const { entries, ids } = await entriesOf();
    let begun = 0;
    let most = 0;
    for (const id of entries.turns) {
      expect((await entries.take(id)).refusal).toBeUndefined();
      begun += 1;
      most = Math.max(most, ids().length - begun);
    }
    expect(most).toBe(3);
    expect(ids()).toEqual(accounts);
  });

  test('before their turn where somebody asks, and then it is their turn', async () => {
    const { entries, ids } = await entriesOf({ ahead: 0 });
    const order: string[] = [];
    for (const id of entries.turns) {
      order.push(id);
      await entries.take(id);
      if (id === at(0)) expect([await entries.isOpen(at(30)), await entries.isOpen(at(30))]).toEqual([true, true]);
      if (id === at(1)) expect(await entries.isOpen(at(0))).toBe(true);
    }
    expect(order).toEqual([at(0), at(30), ...accounts.filter((id) => id !== at(0) && id !== at(30))]);
    expect(ids()).toEqual(order);
  });

  test('and once too where that is refused', async () => {
    const { entries, ids } = await entriesOf({}, { refused: { [at(1)]: { code: 'AccessDenied' } } });
    expect(await entries.isOpen(at(1))).toBe(false);
    expect(await entries.take(at(1))).toMatchObject({ refusal: { code: 'AccessDenied' } });
    expect(await entries.isOpen(at(1))).toBe(false);
    expect(ids().filter((id) => id === at(1))).toHaveLength(1);
  });

  test('but not those that are not to be read', async () => {
    const { entries, ids } = await entriesOf();
    expect(await entries.isOpen('999999999999')).toBe(false);
    expect(ids()).toEqual([]);
  });
});
