import { type ResourceView, readPath } from '../../snapshot/resource-view.ts';
import type { Answer, Evidence } from '../answer.ts';
import { matchesGlob } from '../glob.ts';
import { decided, undecided, unknown } from '../leaf.ts';
import { callersOf } from './callers.ts';
import type { Decision } from './decide.ts';
import { answerOf, policyOf } from './of-resource.ts';
import { isForEverybody, type Listed, type Policy } from './policy.ts';
import { type Request, waysOf } from './request.ts';
import { asStrangers } from './strangers.ts';
import { literal } from './variables.ts';

/**
 * Whether a bucket's policy is public (aws-semantics §4.2): what S3 calls it, where that is known. Where nothing says
 * it, the policy is worked through; where it was refused, a policy that certainly lets anybody in is enough to know.
 */
export function openToAnybody(bucket: ResourceView, prefix: string): Answer {
  const path = `${prefix}PolicyStatus.IsPublic`;
  const status = readPath(bucket, 'PolicyStatus.IsPublic');
  const said: Evidence = { path, ...(status.from && { from: status.from }), resource: bucket.id };
  if (status.is === 'value') return decided(status.value !== false, { ...said, expected: false, actual: status.value });
  const worked = letsAnybodyIn(bucket, prefix);
  if (status.is === 'absent') return { ...worked, evidence: [said, ...worked.evidence] };
  return worked.truth === 'yes' ? worked : unknown(bucket, path, status.gaps, status.from);
}

/**
 * Whether the policy lets anybody do anything at all with the bucket or with some of its objects: somebody without
 * credentials, or with those of an account that it does not name, or a service for such an account. Of what it tells
 * apart one action and one object each are tried.
 */
function letsAnybodyIn(bucket: ResourceView, prefix: string): Answer {
  const found = policyOf(bucket, prefix);
  if (found.is === 'unreadable') return found.answer;
  const { evidence } = found;
  if (found.is === 'absent') return decided(false, { ...evidence, note: 'it has no policy, which lets nobody in' });
  const { policy, simulate } = found;
  const forAnybody = asStrangers(policy, bucket.account.account.partition, {});
  const { places, areAll } = placesIn(policy, bucket.id);
  let open: Decision | undefined;
  for (const place of places) {
    const decisions = [...byThemselves.map((asking) => simulate({ ...asking, ...place })), ...forAnybody(place)];
    const lets = decisions.find(({ allowed }) => allowed === 'yes');
    if (lets) return answerOf(lets, evidence);
    open ??= decisions.find(({ allowed }) => allowed === 'unknown');
  }
  if (open) return answerOf(open, evidence);
  return areAll
    ? decided(false, { ...evidence, note: 'it lets nobody in who may be anybody' })
    : undecided({ ...evidence, note: `it tells more than ${mostTried} requests apart` });
}

/** How many requests are tried: a policy that tells more apart was made to take time. */
const mostTried = 100;

const byThemselves = callersOf('*').flatMap((caller) => waysOf(caller, {}).map((context) => ({ caller, context })));

const something = 'Anything';

interface Places {
  readonly places: readonly Pick<Request, 'action' | 'resource'>[];
  readonly areAll: boolean;
}

/** One request of each kind that the statements for everybody tell apart. */
function placesIn({ statements }: Policy, id: string): Places {
  const open = statements.filter((statement) => statement.effect === 'Allow' && isForEverybody(statement));
  if (open.length === 0) return { places: [], areAll: true };
  const actions = distinct([...statements.flatMap((it) => it.actions.values).map(exampleOf), `s3:${something}`]);
  const patterns = distinct(statements.flatMap((it) => it.resources.values));
  const resources = distinct([...patterns.flatMap((pattern) => examplesIn(pattern, id)), `${id}/${something}`]);
  const some = resources.slice(0, mostTried);
  const places = open.flatMap((statement) => {
    const on = some.filter((resource) => mayList(statement.resources, resource));
    return actions
      .filter((action) => mayList(lowered(statement.actions), action.toLowerCase()))
      .flatMap((action) => on.map((resource) => ({ action, resource })));
  });
  const areAll = places.length <= mostTried && some.length === resources.length;
  return { places: places.slice(0, mostTried), areAll };
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

const lowered = ({ not, values }: Listed): Listed => ({ not, values: values.map((value) => value.toLowerCase()) });

/** Whether a statement lists something, or may by a variable. */
const mayList = ({ not, values }: Listed, text: string): boolean =>
  values.some((value) => value.includes('${')) || values.some((value) => matchesGlob(value, literal(text))) !== not;

/** Something that a pattern matches, and mostly nothing else. */
const exampleOf = (pattern: string): string =>
  pattern === '*' ? `s3:${something}` : pattern.replaceAll('*', something).replaceAll('?', 'x');

/** No ARN of an object is longer, with one wildcard before each of its characters. */
const longest = 2500;

/** The bucket, or objects in it, that a pattern matches. */
function examplesIn(pattern: string, id: string): readonly string[] {
  const written = pattern.replaceAll(/\*+/g, '*');
  if (written.length > longest) return [];
  const examples: string[] = [];
  for (let end = 1; end <= written.length; end++) {
    const [head, rest] = [written.slice(0, end), written.slice(end)];
    const isOpen = head.endsWith('*');
    if (rest !== '' && !rest.startsWith('/') && !isOpen) continue;
    if (!matchesGlob(head, id)) continue;
    if (rest === '') examples.push(id);
    if (rest.startsWith('/')) examples.push(id + exampleOf(rest));
    if (isOpen) examples.push(`${id}/${something}${exampleOf(rest)}`);
  }
  return examples;
}
