import { target } from '../snapshot/links.ts';
import type { ResourceView } from '../snapshot/resource-view.ts';
import type { Answer, Evidence } from './answer.ts';
import { decided, unknown } from './leaf.ts';

/** Whether something holds of the bucket that a trail names, with what says which one that is, and that it exists. */
export function ofItsBucket(
  trail: ResourceView,
  prefix: string,
  ask: (bucket: ResourceView, prefix: string) => Answer,
): Answer {
  const leads = target(trail, 'bucket');
  const path = `${prefix}bucket`;
  const { pointer } = leads;
  if (leads.is === 'unknown') return unknown(trail, path, leads.gaps, pointer.from);
  const named: Evidence = {
    path: `${prefix}S3BucketName`,
    ...(pointer.is === 'value' && { actual: pointer.value }),
    ...(pointer.from && { from: pointer.from }),
    resource: trail.id,
  };
  switch (leads.is) {
    case 'found':
      return along(named, ask(leads.view, `${path}.`));
    case 'none':
      return decided(false, { ...named, note: 'the trail names no bucket' });
    default: {
      const gone = {
        path,
        ...(leads.from && { from: leads.from }),
        resource: leads.id,
        note: 'the bucket does not exist',
      };
      return { truth: 'no', evidence: [named, gone], changes: [] };
    }
  }
}

/** A failure rests on the pointer too. */
const along = (named: Evidence, answer: Answer): Answer =>
  answer.truth === 'unknown' ? answer : { ...answer, evidence: [named, ...answer.evidence] };
