// Makes `<anything>.localhost` mean this machine. S3 Control puts the account id before the endpoint's
// host name, and not every resolver knows that names under `localhost` are loopback (RFC 6761).
// Import it, or pass it to a child process in NODE_OPTIONS (`--import`).

import dns from 'node:dns';

const lookup = dns.lookup;

dns.lookup = (hostname, ...rest) => lookup(hostname.endsWith('.localhost') ? '127.0.0.1' : hostname, ...rest);
