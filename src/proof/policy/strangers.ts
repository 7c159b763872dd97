import { type Decision, decide } from './decide.ts';
import type { Policy } from './policy.ts';
import { type Keys, type Request, serviceContext } from './request.ts';

/** An account and an organization that nobody has. */
const stranger = { account: '000000000000', organization: 'o-0000000000' };

export const accountIn = (arn: string): string => arn.split(':')[4] ?? '';

/** What a service says of the resource of a stranger that it asks for. */
export const sourceKeys = (arn: string, account: string): Keys => ({
  'aws:SourceArn': arn,
  'aws:SourceAccount': account,
  'aws:SourceOrgID': stranger.organization,
  'aws:SourceOrgPaths': [`${stranger.organization}/r-0000/`],
});

/** The number of an account as a pattern has it, with zeros wherever it leaves a digit open. */
export function numberLike(pattern: string): string {
  const [beginning = '', ...others] = pattern.replaceAll('?', '0').split('*');
  const ending = others.join('');
  const number = `${beginning}${'0'.repeat(Math.max(0, 12 - beginning.length - ending.length))}${ending}`;
  return /^\d{12}$/.test(number) ? number : stranger.account;
}

/**
 * How AWS's services may ask for somebody whom no policy names, where a statement for everybody asks for the source and
 * leaves open whose it is (aws-semantics §4.2, "meaning of public"): `aws:SourceArn` like `arn:aws:s3:*`. The name of a
 * bucket says whose it is, of anything else the number of the account does.
 */
function forStrangers({ statements }: Policy, partition: string): readonly Pick<Request, 'caller' | 'context'>[] {
  const arns = statements
    .filter(({ effect, principals }) => effect === 'Allow' && (principals.everyone || principals.not))
    .flatMap(({ conditions }) => conditions)
    .flatMap(({ key, values }) => values.flatMap((value) => openSource(key.toLowerCase(), value, partition) ?? []));
  return [...new Map(arns.map((source) => [source.arn, source])).values()]
    .slice(0, mostTried)
    .map(({ service, arn, account }) => ({
      caller: { kind: 'service', name: service },
      context: serviceContext(service, sourceKeys(arn, account)),
    }));
}

/** What services may do for strangers, by the statements that are for everybody: one for a service is for that alone. */
export const throughServices = ({ statements, ...policy }: Policy, partition: string) => {
  const forEverybody = {
    ...policy,
    statements: statements.filter(
      ({ effect, principals }) => effect === 'Deny' || principals.everyone || principals.not,
    ),
  };
  const asking = forStrangers(forEverybody, partition);
  return (asked: Pick<Request, 'action' | 'resource'>): readonly Decision[] =>
    asking.map((it) => decide(forEverybody, { ...it, ...asked })).filter(({ allowed }) => allowed !== 'no');
};

/** How many sources are tried: a policy that names more was made to take time. */
const mostTried = 50;

interface Source {
  readonly service: string;
  readonly arn: string;
  readonly account: string;
}

/** A stranger's resource that a condition takes; undefined: it asks for something else, or says whose it is. */
function openSource(key: string, value: string, partition: string): Source | undefined {
  if (key === 'aws:sourceaccount') return /[*?]/.test(value) ? bucketOf(partition, '', numberLike(value)) : undefined;
  if (key !== 'aws:sourcearn') return undefined;
  const [, , service, region, account = '', ...rest] = value.split(':');
  const named = rest.join(':');
  const isBucket = !service || /^(?:s3|\*)$/.test(service);
  if (isBucket ? named !== '' && !/[*?]/.test(named) : /^\d{12}$/.test(account)) return undefined;
  const number = numberLike(account);
  if (isBucket) return bucketOf(partition, plain(named), number);
  const arn = `arn:${partition}:${plain(service)}:${plain(region ?? '') || 'us-east-1'}:${number}:${plain(named) || 'any'}`;
  return { service: `${plain(service)}.amazonaws.com`, arn, account: number };
}

const bucketOf = (partition: string, name: string, account: string): Source => ({
  service: 's3.amazonaws.com',
  arn: `arn:${partition}:s3:::${name || 'any'}`,
  account,
});

const plain = (pattern: string): string => pattern.replaceAll(/[*?]/g, '');
