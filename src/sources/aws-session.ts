import pLimit, { type LimitFunction } from 'p-limit';
import { isMembers, type Send, valueAt } from '../collectors/call.ts';
import { type Refusal, refusalOf, refuse } from '../collectors/refusal.ts';
import {
  type AwsClients,
  awsClients,
  type ClientOptions,
  type Credentials,
  type CredentialsProvider,
} from './aws-clients.ts';
import { asRefusal, notConnected } from './not-connected.ts';
import { paced } from './pace.ts';
import { passesProxyBy } from './transport.ts';

/** A role to take on. */
export interface Role {
  readonly roleArn: string;
  readonly externalId?: string;
}

export interface SessionOptions extends Partial<Role>, Pick<ClientOptions, 'onTime' | 'transport'> {
  readonly profile?: string;
  /** In the place of those that any AWS tool would use here. */
  readonly credentials?: CredentialsProvider;
  /** Where to ask who the caller is; left out: the environment's or the profile's region. */
  readonly region?: string;
  /** Milliseconds that one attempt of one call may take. */
  readonly callTimeout?: number;
  readonly deadline?: AbortSignal;
  /** Calls on their way at any one time, in all accounts that the session leads to; left out: any number. */
  readonly concurrency?: number;
  readonly environment: ClientOptions['environment'];
}

/** Who the credentials belong to. */
export interface Identity {
  readonly account: string;
  readonly partition: string;
  readonly arn: string;
  /** Seconds by which this machine's clock is ahead of AWS's; left out: AWS did not say. */
  readonly clockAhead?: number;
}

/** A connection to one account. */
export interface AwsSession {
  readonly send: Send;
  /**
   * Asks AWS who is calling.
   *
   * @throws AppError `credentials` or `network`: nothing may be concluded about any account.
   */
  identify(): Promise<Identity>;
  /**
   * Takes on the role that the session was opened with. Answers why AWS refuses it.
   *
   * @throws AppError `credentials` or `network`, as `identify` does.
   */
  assumeRole(): Promise<Refusal | undefined>;
  /**
   * A session with a role that this one's credentials take on, in whatever account: role chaining (aws-semantics
   * §10.1). Nothing is called before it is used. Why the role cannot be taken on is always about that account alone,
   * for AWS has said before who is calling.
   */
  enter(role: Role): AwsSession;
}

/** A session that was opened, and not entered from another. */
export interface OwnSession extends AwsSession {
  /** Where calls go that are for no region in particular: the environment's or the profile's. */
  readonly region: string;
}

const fallbackRegion = 'us-east-1';

/** Opens a session with given credentials, or those that any AWS tool would use here. Nothing is called before it is used. */
export async function openSession(given: SessionOptions): Promise<OwnSession> {
  const clock: Calls['clock'] = {};
  const options: SessionOptions = {
    ...given,
    onTime: (time) => {
      clock.ahead ??= (Date.now() - time.getTime()) / 1000;
      given.onTime?.(time);
    },
  };
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  const { profile, roleArn, environment } = options;
  const base = options.credentials ?? fromNodeProviderChain(profile === undefined ? {} : { profile });
  const own = awsClients({ ...clientOptions(options), credentials: base });
  // A variable that is set to nothing says nothing: a pipeline has it so where somebody forgot its value.
  const region =
    options.region ||
    environment.AWS_REGION ||
    environment.AWS_DEFAULT_REGION ||
    (await own.profileRegion()) ||
    fallbackRegion;

  const calls = { region, options, clock, limit: pLimit(options.concurrency ?? Number.POSITIVE_INFINITY) };
  const session = sessionOf(own, calls);
  if (roleArn === undefined) return { ...session, region };
  const first = roleOf({ ...options, roleArn }, own, calls);
  return {
    ...first.session(),
    region,
    assumeRole: async () => {
      await session.identify();
      return first.take().then(
        () => undefined,
        (thrown: unknown) => asRefusal(thrown, triedBy(options)),
      );
    },
  };
}

/** What the sessions of one run have in common. */
interface Calls {
  readonly region: string;
  readonly options: SessionOptions;
  /** What AWS's first answer has shown of this machine's. */
  readonly clock: { ahead?: number };
  readonly limit: LimitFunction;
}

function sessionOf(clients: AwsClients, calls: Calls): AwsSession {
  return {
    // The limit inside the pace: a call that waits for its turn in one account takes no place from another's.
    send: paced((call) => calls.limit(() => clients.request(call))),
    identify: () => identify(clients, calls),
    assumeRole: async () => undefined,
    enter: (role) => {
      const { take, session } = roleOf(role, clients, calls);
      return {
        send: (call) => session().send(call),
        identify: () => session().identify(),
        enter: (further) => session().enter(further),
        assumeRole: () => take().then(() => undefined, refusalOf),
      };
    },
  };
}

/** A role's credentials, taken on with those of other clients and kept, and a session that has them. */
function roleOf(role: Role, by: AwsClients, calls: Calls) {
  const { region, options } = calls;
  // Never behind the limit: calls that hold all of its places may be waiting for these credentials.
  const take = kept(() => takeRole(by, region, role));
  let opened: AwsSession | undefined;
  // Opened by the first who uses it: thousands of roles may be taken on before one of them is.
  const session = (): AwsSession => {
    opened ??= sessionOf(awsClients({ ...clientOptions(options), credentials: take, transport: by.transport }), calls);
    return opened;
  };
  return { take, session };
}

const clientOptions = ({ profile, callTimeout, deadline, onTime, transport, environment }: SessionOptions) => ({
  environment,
  ...(onTime && { onTime }),
  ...(transport && { transport }),
  ...(profile !== undefined && { profile }),
  ...(callTimeout !== undefined && { callTimeout }),
  ...(deadline && { deadline }),
});

async function identify(clients: AwsClients, { region, options, clock }: Calls): Promise<Identity> {
  try {
    const answer = await clients.request({ service: 'sts', operation: 'GetCallerIdentity', region, params: {} });
    const { Account, Arn } = isMembers(answer) ? answer : {};
    if (typeof Account === 'string' && typeof Arn === 'string') {
      const { ahead: clockAhead } = clock;
      const partition = Arn.split(':')[1] ?? 'aws';
      return { account: Account, partition, arn: Arn, ...(clockAhead !== undefined && { clockAhead }) };
    }
    throw refuse('UnreadableAnswer', 'AWS did not say who is calling.');
  } catch (thrown) {
    throw notConnected(thrown, triedBy(options));
  }
}

const triedBy = ({ profile, credentials, deadline, environment }: SessionOptions) => ({
  profile: credentials ? undefined : (profile ?? environment.AWS_PROFILE),
  deadline,
  passesProxyBy: passesProxyBy(environment),
});

async function takeRole(clients: AwsClients, region: string, { roleArn, externalId }: Role): Promise<Credentials> {
  const params = {
    RoleArn: roleArn,
    RoleSessionName: 'trailproof',
    ...(externalId !== undefined && { ExternalId: externalId }),
  };
  const answer = await clients.request({ service: 'sts', operation: 'AssumeRole', region, params });
  const [accessKeyId, secretAccessKey, sessionToken, expiration] = [
    'AccessKeyId',
    'SecretAccessKey',
    'SessionToken',
    'Expiration',
  ].map((name) => valueAt(answer, `Credentials.${name}`));
  if (typeof accessKeyId !== 'string' || typeof secretAccessKey !== 'string' || typeof sessionToken !== 'string') {
    throw refuse('UnreadableAnswer', `AWS gave no credentials for ${roleArn}.`);
  }
  return { accessKeyId, secretAccessKey, sessionToken, ...(expiration instanceof Date && { expiration }) };
}

const refreshBefore = 5 * 60_000;

/** Credentials for all clients together: each would otherwise take on the role for itself. */
function kept(take: CredentialsProvider): CredentialsProvider {
  let current: Promise<Credentials> | undefined;
  return async () => {
    const before = current;
    const known = await before?.catch(() => undefined);
    const isFresh = known && (known.expiration?.getTime() ?? Number.POSITIVE_INFINITY) - Date.now() > refreshBefore;
    if (isFresh) return known;
    // Of several that find them stale together, the first renews for all.
    if (current === before || !current) current = take();
    return current;
  };
}
