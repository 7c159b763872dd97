import { valueAt } from '../collectors/call.ts';
import { type Refusal, refusalOf, refusalText } from '../collectors/refusal.ts';
import { AppError } from '../errors.ts';

const noCredentials = new Set(['CredentialsProviderError', 'TokenProviderError']);
/** What is said of credentials that were good and have ended: EC2 has a word of its own, and so has who renews them. */
export const endedCredentials: ReadonlySet<string> = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
  ...noCredentials,
]);
/** What AWS says of credentials that it does not take, ended ones among them. */
export const badCredentials: ReadonlySet<string> = new Set([
  ...endedCredentials,
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'MissingAuthenticationToken',
  'AuthFailure',
  'AccessDenied',
  'AccessDeniedException',
]);

/** How AWS was tried to be reached. */
export interface Tried {
  /** Of the profile that the credentials should be of. */
  readonly profile?: string | undefined;
  readonly deadline?: AbortSignal | undefined;
  readonly passesProxyBy?: boolean;
}

/** A failure that comes before any account is reached, as something the user can act on. */
export function notConnected(thrown: unknown, { profile, deadline, passesProxyBy }: Tried = {}): AppError {
  if (thrown instanceof AppError) return thrown;
  const refusal = refusalOf(thrown);
  const { code, message } = refusal;
  const because = refusalText(refusal);
  if (noCredentials.has(code)) {
    const whose = profile ? ` of the profile ${profile}` : '';
    return new AppError('credentials', `There are no usable AWS credentials${whose} (${message ?? code})`, {
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
  if (deadline?.aborted) {
    return new AppError('network', 'The time for the whole run was over before AWS said whose the credentials are', {
      hint: 'Give it more with --deadline.',
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
    hint: passesProxyBy
      ? 'This Node cannot use the proxy of the environment: 22.21, 24.5 and later can.'
      : 'Check the network, HTTPS_PROXY, NODE_EXTRA_CA_CERTS and AWS_ENDPOINT_URL.',
    cause: thrown,
  });
}

/** AWS's own no to a role is about that account alone; a broken connection is about none. */
export function asRefusal(thrown: unknown, tried: Tried): Refusal {
  if (typeof valueAt(thrown, '$metadata.httpStatusCode') === 'number') return refusalOf(thrown);
  throw notConnected(thrown, tried);
}
