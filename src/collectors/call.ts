/** One request to AWS. */
export interface Call {
  /** The SDK client's name: `cloudtrail`, `s3-control`, `cloudwatch-logs`, `config-service`. */
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly params: Members;
}

/** The members of a request or an answer. */
export type Members = Readonly<Record<string, unknown>>;

/**
 * Where calls leave: to AWS, to a recording, to an account in memory. Answers one page. A refusal is thrown, its
 * `name` AWS's error code; an `AppError` ends the run.
 */
export type Send = (call: Call) => Promise<unknown>;

const services: Readonly<Record<string, string>> = {
  logs: 'cloudwatch-logs',
  config: 'config-service',
  s3control: 's3-control',
  events: 'eventbridge',
};

/** The SDK client's name for a service that others call by its prefix: `cloudwatch-logs` for `logs`. */
export const clientName = (service: string): string =>
  (Object.hasOwn(services, service) ? services[service] : undefined) ?? service;

/** The SDK client that has an operation: `cloudwatch-logs` for `logs:DescribeLogGroups`. */
export const serviceOf = (operation: string): string => clientName(operation.slice(0, operation.indexOf(':')));

/** The request for an operation as the resource types name it (`s3:ListBuckets`). */
export function callOf(operation: string, region: string, params: Members): Call {
  return { service: serviceOf(operation), operation: operation.slice(operation.indexOf(':') + 1), region, params };
}

/** An object that is no list: what an answer of AWS is. */
export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What lies at a path of an answer or a resource (`Logging.LoggingEnabled.TargetBucket`). */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, step) => {
    const holds = typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step);
    // An own property of an object, as the line above has found.
    return holds ? (inner as Members)[step] : undefined;
  }, value);
}
