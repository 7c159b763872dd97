/** What could not be read, and why. */
export interface Gap {
  /** `cloudtrail:GetTrailStatus`; left out: everything in the region, or of the account. */
  readonly operation?: string;
  /** The id of the one resource that it is about; left out: a listing, or every resource of the region. */
  readonly resource?: string;
  readonly region?: string;
  /** AWS's error code, or one of ours: `NotScanned`, `NotCollected`, `NotRecorded`, `TimedOut`. */
  readonly error: string;
  readonly message?: string;
}

/** A resource that something names and that AWS says does not exist. */
export interface Absent {
  readonly resource: string;
  readonly operation: string;
  readonly error: string;
}

/** What was asked: an operation of every resource it concerns, or of some of them alone. */
export type Asked = string | { readonly operation: string; readonly resources: readonly string[] };

export interface SnapshotAccount {
  readonly id: string;
  readonly partition: string;
  readonly alias?: string;
}

/** The properties of one resource. */
export type Item = Readonly<Record<string, unknown>>;

/** What one account looked like at one moment. A plain JSON or YAML file (design: snapshot). */
export interface Snapshot {
  readonly trailproof: 'snapshot/1';
  readonly account: SnapshotAccount;
  /** ISO 8601 UTC. A file written by hand may leave it out; then `--now` says it. */
  readonly collectedAt?: string;
  /** The regions that were read. */
  readonly regions: readonly string[];
  /** By resource type, properties as AWS names them. */
  readonly resources: Readonly<Record<string, readonly Item[]>>;
  /** What was asked. A file written by hand leaves it out and means: everything. */
  readonly operations?: readonly Asked[];
  readonly gaps?: readonly Gap[];
  readonly absent?: readonly Absent[];
}
