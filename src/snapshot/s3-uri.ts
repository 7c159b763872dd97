/** A place in a bucket: a prefix of keys; empty: all of it. */
export interface S3Place {
  readonly bucket: string;
  readonly prefix: string;
}

/** Reads `s3://bucket/prefix`, as Hive writes it too (`s3a`, `s3n`); undefined: it is something else. */
export function readS3Uri(uri: string): S3Place | undefined {
  const [, bucket, prefix = ''] = /^s3[an]?:\/\/([^/]+)(?:\/(.*))?$/i.exec(uri) ?? [];
  return bucket === undefined ? undefined : { bucket, prefix };
}
