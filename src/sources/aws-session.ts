import { isMembers, type Send, valueAt } from '../collectors/call.ts';
import { type Refusal, refusalOf, refuse } from '../collectors/refusal.ts';
import { AppError } from '../errors.ts';
import {
  type AwsClients,
  awsClients,
  type ClientOptions,
  type Credentials,
  type CredentialsProvider,
} from './aws-clients.ts';
import { paced } from './pace.ts';

export interface SessionOptions {
  readonly profile?: string;
  /** In the place of those that any AWS tool would use here. */
  readonly credentials?: CredentialsProvider;
  /** Where to ask who the caller is; left out: the environment's or the profile's region. */
  readonly region?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
  /** Milliseconds that one attempt of one call may take. */
  readonly callTimeout?: number;
  readonly deadline?: AbortSignal;
  readonly onTime?: ClientOptions['onTime'];
  readonly environment: ClientOptions['environment'];
}

/** Who the credentials belong to. */
export interface Identity {
  readonly account: string;
  readonly partition: string;
  readonly arn: string;
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
}

const fallbackRegion = 'us-east-1';

/** Opens a session with given credentials, or those that any AWS tool would use here. Nothing is called before it is used. */
export async function openSession(options: SessionOptions): Promise<AwsSession> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  const { profile, roleArn, environment } = options;
  const base = options.credentials ?? fromNodeProviderChain(profile === undefined ? {} : { profile });
  const own = awsClients({ ...clientOptions(options), credentials: base });
  const region =
    options.region ??
    environment.AWS_REGION ??
    environment.AWS_DEFAULT_REGION ??
    (await own.profileRegion()) ??
    fallbackRegion;

  const role = roleArn === undefined ? undefined : kept(() => takeRole(own, region, { ...options, roleArn }));
  const clients = role ? awsClients({ ...clientOptions(options), credentials: role }) : own;
  return {
    send: paced((call) => clients.request(call)),
    identify: () => identify(clients, region),
    assumeRole: async () => {
      if (!role) return;
      await identify(own, region);
      return role().then(
        () => undefined,
        (thrown: unknown) => asRefusal(thrown),
      );
    },
  };
}

const clientOptions = ({ profile, callTimeout, deadline, onTime, environment }: SessionOptions): ClientOptions => ({
  environment,
  ...(onTime && { onTime }),
  ...(profile !== undefined && { profile }),
  ...(callTimeout !== undefined && { callTimeout }),
  ...(deadline && { deadline }),
});

async function identify(clients: AwsClients, region: string): Promise<Identity> {
  try {
    const answer = await clients.request({ service: 'sts', operation: 'GetCallerIdentity', region, params: {} });
    const { Account, Arn } = isMembers(answer) ? answer : {};
    if (typeof Account === 'string' && typeof Arn === 'string') {
      return { account: Account, partition: Arn.split(':')[1] ?? 'aws', arn: Arn };
    }
    throw refuse('UnreadableAnswer', 'AWS did not say who is calling.');
  } catch (thrown) {
    throw notConnected(thrown);
  }
}

const noCredentials = new Set(['CredentialsProviderError', 'TokenProviderError']);
const badCredentials = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'MissingAuthenticationToken',
  'AuthFailure',
  'RequestExpired',
  'AccessDenied',
  'AccessDeniedException',
]);

/** A failure that comes before any account is reached, as something the user can act on. */
export function notConnected(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const { code, message } = refusalOf(thrown);
  const because = message === undefined ? code : `${code}: ${message}`;
  if (noCredentials.has(code)) {
    return new AppError('credentials', `There are no usable AWS credentials (${message ?? code})`, {
      hint: 'Pass --profile or set AWS_PROFILE, sign in with `aws sso login`, or set AWS_ACCESS_KEY_ID and its secret.',
      cause: thrown,
    });
  }
  if (badCredentials.has(code)) {
    return new AppError('credentials', `AWS does not accept the credentials (${because})`, {
      hint: 'Sign in again (`aws sso login`), and outside the aws partition set AWS_REGION to one of its regions.',
      cause: thrown,
    });
  }
  if (typeof valueAt(thrown, '$metadata.httpStatusCode') === 'number') {
    return new AppError('network', `AWS did not say whose the credentials are (sts:GetCallerIdentity: ${because})`, {
      hint: 'AWS answered, so the network is there: try again in a while.',
      cause: thrown,
    });
  }
  return new AppError('network', `AWS cannot be reached (${because})`, {
    hint: 'Check the network, HTTPS_PROXY, NODE_EXTRA_CA_CERTS and AWS_ENDPOINT_URL.',
    cause: thrown,
  });
}

/** AWS's own no to a role is about that account alone; a broken connection is about none. */
function asRefusal(thrown: unknown): Refusal {
  if (typeof valueAt(thrown, '$metadata.httpStatusCode') === 'number') return refusalOf(thrown);
  throw notConnected(thrown);
}

async function takeRole(
  clients: AwsClients,
  region: string,
  { roleArn, externalId }: { readonly roleArn: string; readonly externalId?: string },
): Promise<Credentials> {
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
