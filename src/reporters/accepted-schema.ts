import type { StaleEntry } from '../evaluation/baseline.ts';
import { waiverStates } from '../evaluation/finding.ts';
import type { BaselineUse, GatePolicy } from '../evaluation/gate.ts';
import type { WaiverMatch, WaiverUse } from '../evaluation/waivers.ts';
import { severities } from '../rules/rule.ts';
import { count, day, list, mapOf, objectOf, oneOf, text } from './object-schema.ts';

const gate = objectOf<GatePolicy>()(
  {
    failOn: oneOf([...severities, 'never']),
    unknown: oneOf(['fail', 'warn', 'ignore']),
    maxAge: count,
    frameworks: list(text),
    strict: { const: true },
  },
  { maxAge: true, frameworks: true, strict: true },
);

const waiver = objectOf<WaiverUse>()(
  {
    rule: text,
    match: objectOf<WaiverMatch>()(
      { account: list(text), region: list(text), resource: list(text), tags: mapOf(list(text)), fingerprint: text },
      { account: true, region: true, resource: true, tags: true, fingerprint: true },
    ),
    reason: text,
    owner: text,
    expires: day,
    state: oneOf(waiverStates),
    hides: count,
    overlaps: count,
    unused: { const: true },
  },
  { match: true, overlaps: true, unused: true },
);

const baseline = objectOf<BaselineUse>()(
  {
    file: text,
    entries: count,
    stale: list(
      objectOf<StaleEntry>()(
        {
          fingerprint: text,
          rule: text,
          account: text,
          region: text,
          resource: text,
          firstSeen: day,
          because: oneOf(['passes', 'gone']),
        },
        {},
      ),
    ),
  },
  {},
);

/** What a report says of the gate, and of what was accepted or known beforehand. */
export const acceptedSchemas = { gate, waivers: list(waiver), baseline };
