import * as http from 'node:http';
import * as https from 'node:https';
import { valueAt } from '../collectors/call.ts';
import type { Post, Posted } from './sent.ts';

const patience = 10_000;

/**
 * Posts once, on a connection of its own, through a proxy where the environment has one. Redirects are not followed:
 * what is sent is meant for this address alone. Never throws.
 */
export function post(
  { url, headers, body }: Post,
  environment: Readonly<Record<string, string | undefined>>,
  timeout = patience,
): Promise<Posted> {
  const isSecure = url.protocol === 'https:';
  const agent = { keepAlive: false, proxyEnv: environment };
  const options = {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    signal: AbortSignal.timeout(timeout),
  };
  return new Promise((done) => {
    let isConnected = false;
    const request = isSecure
      ? https.request(url, { ...options, agent: new https.Agent(agent) })
      : http.request(url, { ...options, agent: new http.Agent(agent) });
    request.on('socket', (socket) => {
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        isConnected = true;
      });
    });
    request.on('response', (response) => {
      // Nobody needs what else it says.
      response.destroy();
      const retryAfter = response.headers['retry-after'];
      done({ status: response.statusCode ?? 0, ...(retryAfter !== undefined && { retryAfter }) });
    });
    request.on('error', (error) => done({ code: codeOf(error), unsent: !isConnected }));
    request.end(body);
  });
}

const codeOf = (error: Error): string =>
  error.name === 'TimeoutError' || error.name === 'AbortError'
    ? 'TimedOut'
    : String(valueAt(error, 'code') ?? error.name);
