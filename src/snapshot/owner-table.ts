import { hash } from 'node:crypto';

/** Whose the names are that say no account: there may be millions, so that of each no more than 16 bytes are kept. */
export interface OwnerTable {
  /** The account whose name it is. */
  get(name: string): string | undefined;
  /** The first account to have a name keeps it. */
  add(name: string, account: string): void;
}

const fewest = 1_024;

/** An empty table. Names are told apart by 64 bits of their SHA-256: no two of a run ever have the same. */
export function ownerTable(): OwnerTable {
  let slots = fewest;
  let marks = new Uint32Array(2 * slots);
  /** An account's number and one; 0: nobody's. */
  let owners = new Float64Array(slots);
  let size = 0;
  /** Where a name is, or would be: the first slot from its own on that is its or free. */
  const find = (one: number, other: number): number => {
    for (let slot = one % slots; ; slot = (slot + 1) % slots) {
      if (owners[slot] === 0 || (marks[2 * slot] === one && marks[2 * slot + 1] === other)) return slot;
    }
  };
  const put = (one: number, other: number, owner: number): void => {
    const slot = find(one, other);
    if (owners[slot] !== 0) return;
    marks.set([one, other], 2 * slot);
    owners[slot] = owner;
    size += 1;
  };
  const grow = (): void => {
    const [oldMarks, oldOwners] = [marks, owners];
    slots *= 2;
    marks = new Uint32Array(2 * slots);
    owners = new Float64Array(slots);
    size = 0;
    oldOwners.forEach((owner, slot) => {
      if (owner !== 0) put(oldMarks[2 * slot] ?? 0, oldMarks[2 * slot + 1] ?? 0, owner);
    });
  };
  return {
    get(name) {
      const owner = owners[find(...marksOf(name))] ?? 0;
      return owner === 0 ? undefined : String(owner - 1).padStart(12, '0');
    },
    add(name, account) {
      if (4 * size >= 3 * slots) grow();
      put(...marksOf(name), Number(account) + 1);
    },
  };
}

function marksOf(name: string): readonly [number, number] {
  const digest = hash('sha256', name, 'buffer');
  return [digest.readUInt32LE(0), digest.readUInt32LE(4)];
}
