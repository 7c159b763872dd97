/** How any AWS client reaches the emulator; S3 is path-style, since the endpoint's host is an address. */
export function clientConfig(endpoint: string, region = 'us-east-1') {
  return { region, endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
}

/** S3 Control puts the account id before the host name, so it needs a name: see resolve-localhost.mjs. */
export function s3ControlConfig(endpoint: string, region = 'us-east-1') {
  return { ...clientConfig(endpoint, region), endpoint: endpoint.replace('127.0.0.1', 'localhost') };
}
