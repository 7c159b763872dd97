import type { Members } from '../collectors/call.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The connections that clients share: an account more is no connection more. */
export interface Transport {
  /** The SDK's own; undefined before the first client is made. */
  handler?: unknown;
}

const connectionTimeout = 5000;
const defaultCallTimeout = 20_000;

const proxies = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const;
const hasProxy = (environment: Environment): boolean => proxies.some((name) => environment[name]);

/** Whether the environment has a proxy that this Node passes by: agents know it since 22.21 and 24.5 (Node, `http.Agent`). */
export function passesProxyBy(environment: Environment, version = process.versions.node): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const knows = major === 22 ? minor >= 21 : major > 24 || (major === 24 && minor >= 5);
  return hasProxy(environment) && !knows;
}

/** How the SDK connects: kept alive, through a proxy where the environment has one, and never for ever. */
export function handlerOptions({
  callTimeout = defaultCallTimeout,
  environment,
}: {
  readonly callTimeout?: number;
  readonly environment: Environment;
}): Members {
  const agent = { keepAlive: true, maxSockets: 50, ...(hasProxy(environment) && { proxyEnv: environment }) };
  return {
    connectionTimeout,
    requestTimeout: callTimeout,
    // Without this the handler only warns, and a silent server holds the scan for ever.
    throwOnRequestTimeout: true,
    httpAgent: agent,
    httpsAgent: agent,
  };
}

/** The endpoint that the environment puts in the place of a service's own. */
export function endpointOf(service: string, environment: Environment): string | undefined {
  if (environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true') return undefined;
  return environment[`AWS_ENDPOINT_URL_${service}`] || environment.AWS_ENDPOINT_URL || undefined;
}

/** On this machine no bucket has a host name of its own. */
export function isLoopback(endpoint: string | undefined): boolean {
  const { hostname } = (endpoint !== undefined && URL.parse(endpoint)) || { hostname: '' };
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}
