import type { Call, Members, Send } from '../collectors/call.ts';
import { remember } from '../snapshot/remember.ts';
import { attempting, type Middleware, refuseOther, tellTime } from './aws-middleware.ts';
import { type AwsPackage, packages } from './aws-packages.ts';
import { endpointOf, handlerOptions, isLoopback, type Transport } from './transport.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}
export type CredentialsProvider = () => Promise<Credentials>;

/** How every client reaches AWS. */
export interface ClientOptions {
  readonly profile?: string;
  readonly credentials?: CredentialsProvider;
  /** Milliseconds that one attempt of one call may take. */
  readonly callTimeout?: number;
  readonly deadline?: AbortSignal;
  /** Told what time AWS says it is, with every answer. */
  readonly onTime?: (time: Date) => void;
  /** The connections of other clients, to be used along with them. */
  readonly transport?: Transport;
  /** Makes one attempt of a call in the place of the network. */
  readonly attempt?: Send;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Clients made on first use, one for each service and region, kept for the next call. */
export interface AwsClients {
  request(call: Call): Promise<unknown>;
  /** The region of the profile; undefined: it has none. */
  profileRegion(): Promise<string | undefined>;
  readonly transport: Transport;
}

interface AwsClient {
  readonly config: { readonly region: () => Promise<string>; readonly requestHandler: unknown };
  readonly middlewareStack: {
    add(middleware: Middleware, options: { readonly step: 'deserialize'; readonly priority: 'low' | 'high' }): void;
  };
  send(command: object, options: { readonly abortSignal?: AbortSignal }): Promise<unknown>;
}

const attempts = 4;

/** Connects to AWS on the first call of each service in each region. */
export function awsClients(options: ClientOptions): AwsClients {
  const connected = new Map<string, Promise<AwsClient>>();
  const transport = options.transport ?? {};
  const clientOf = (service: string, region: string | undefined): Promise<AwsClient> => {
    const key = `${service} ${region ?? ''}`;
    const client = connected.get(key) ?? connect(service, region, { ...options, transport });
    connected.set(key, client);
    return client;
  };
  return {
    request: async (call) => {
      const client = await clientOf(call.service, call.region);
      const Command = await commandOf(call);
      const { deadline } = options;
      return client.send(new Command(call.params), deadline ? { abortSignal: deadline } : {});
    },
    profileRegion: async () => {
      const client = await clientOf('sts', undefined);
      // Throws when nothing says a region: that is an answer here.
      return client.config.region().catch(() => undefined);
    },
    transport,
  };
}

/** Whether the SDK has a command for an operation of ours. */
export const hasCommand = ({ service, operation }: Pick<Call, 'service' | 'operation'>): Promise<boolean> =>
  commandOf({ service, operation }).then(
    () => true,
    () => false,
  );

async function commandOf({
  service,
  operation,
}: Pick<Call, 'service' | 'operation'>): Promise<new (params: Members) => object> {
  const { commands } = await loadPackage(service);
  const Command = Object.hasOwn(commands, `${operation}Command`) ? commands[`${operation}Command`] : undefined;
  if (typeof Command !== 'function') throw new Error(`The SDK's client for ${service} has no ${operation}`);
  // What the SDK exports under such a name is a command.
  return Command as new (
    params: Members,
  ) => object;
}

const loaded = new Map<string, Promise<AwsPackage>>();

/** Once for all calls: to gather the hundreds of commands of a package for each would take longer than the call. */
function loadPackage(service: string): Promise<AwsPackage> {
  const load = Object.hasOwn(packages, service) ? packages[service] : undefined;
  if (!load) throw new Error(`There is no client for ${service}`);
  return remember(loaded, service, load);
}

async function connect(
  service: string,
  region: string | undefined,
  options: ClientOptions & { readonly transport: Transport },
): Promise<AwsClient> {
  const { profile, credentials, environment, transport } = options;
  const connected = (await loadPackage(service)).connect({
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    ...(credentials && { credentials }),
    // Never adaptive: its own rate limiter slows a throttled scan down twentyfold.
    retryMode: 'standard',
    maxAttempts: attempts,
    requestHandler: transport.handler ?? handlerOptions(options),
    ...(service === 's3' && { followRegionRedirects: true, forcePathStyle: isLoopback(endpointOf('S3', environment)) }),
  });
  // The package's own client class; the interface names what is used of it.
  const client = connected as AwsClient;
  transport.handler ??= client.config.requestHandler;
  client.middlewareStack.add(refuseOther, { step: 'deserialize', priority: 'low' });
  const { onTime, attempt } = options;
  if (attempt)
    client.middlewareStack.add(attempting(attempt, { service, region }), { step: 'deserialize', priority: 'high' });
  if (onTime) client.middlewareStack.add(tellTime(onTime), { step: 'deserialize', priority: 'low' });
  return client;
}
