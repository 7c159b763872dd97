import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Asked {
  readonly call: string;
  readonly token: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was sent
  readonly body: any;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A GitHub on this machine that answers as it is told, and keeps what it was asked. */
export async function githubServer(answer: (asked: Asked, earlier: readonly Asked[]) => Answer) {
  const asked: Asked[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const sent = await text(request);
    const it: Asked = {
      call: `${request.method} ${request.url}`,
      token: request.headers.authorization,
      body: sent === '' ? undefined : JSON.parse(sent),
    };
    const { status, body, headers } = answer(it, [...asked]);
    asked.push(it);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
