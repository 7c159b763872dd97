import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const refusal = `<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code>
<Message>The security token included in the request is expired</Message></Error></ErrorResponse>`;

/** A server that answers every call as AWS does when credentials have expired. */
export async function awsThatRefuses(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((_, response) => {
    response.writeHead(403, { 'content-type': 'text/xml' }).end(refusal);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${portOf(server)}`, close: () => closed(server) };
}

// Listening on TCP, so its address is no path.
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const closed = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.closeAllConnections();
    server.close(() => done());
  });
