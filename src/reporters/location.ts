import { createHash } from 'node:crypto';
import type { Finding, FindingResource, FindingSource } from '../evaluation/finding.ts';
import type { ReporterOptions } from './report.ts';
import { cut } from './visible-text.ts';

const maxSegment = 100;

/** A line of a file of the repository, or of what stands for one. */
export interface Place {
  /** Below the root of the repository, its folders parted by `/`. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/**
 * Where readers of a repository show a finding: the line of the file that says it, or of the config that names its
 * account; else, or where the resource is asked for, a path inside the repository that stands for the resource.
 */
export function placeOf(
  { resource, source }: Pick<Finding, 'resource' | 'source'>,
  { locations = 'source', folder = '' }: Pick<ReporterOptions, 'locations' | 'folder'>,
): Place {
  const path = source && locations === 'source' ? pathInRepository(source, folder) : undefined;
  return source && path !== undefined ? { path, line: source.line } : { path: syntheticPath(resource), line: 1 };
}

/** The path below the root of the repository; undefined: it leads elsewhere, or is no path. */
function pathInRepository({ file }: FindingSource, folder: string): string | undefined {
  if (file.startsWith('/') || file.includes('\\') || !file.isWellFormed()) return undefined;
  const path: string[] = [];
  for (const segment of `${folder}/${file}`.split('/')) {
    if (segment === '..' && path.pop() === undefined) return undefined;
    if (!['', '.', '..'].includes(segment)) path.push(segment);
  }
  return path.length > 0 ? path.join('/') : undefined;
}

/**
 * A path that stands for a resource: `aws/<partition>/<account>/<region or global>/<service>/<type>/<name>`. No file is
 * there, so nothing is recomputed from its content, and a colon (of an ARN) would be read as a scheme and refused.
 */
function syntheticPath({ type, name, id, partition, account, region }: FindingResource): string {
  const [, service = 'resource', thing = service] = type.split('::');
  const parts = [partition, account, region, service.toLowerCase(), thing.toLowerCase(), name === '' ? id : name];
  return ['aws', ...parts.map(pathSegment)].join('/');
}

/**
 * The text in unreserved URI characters. Whatever had to be changed carries a hash of the original, and so does what
 * only looks as if it did: otherwise a resource could be named so as to collide with another.
 */
export function pathSegment(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9._~-]/gu, '-');
  const isFaithful = plain === text && !/^\.*$/.test(text) && text.length <= maxSegment;
  if (isFaithful && !/-[0-9a-f]{10}$/.test(text)) return text;
  return `${cut(plain, maxSegment).replace('…', '')}-${shortHash(text)}`;
}

/** Ten hex digits. Over the JSON text, since unpaired surrogates are all one in UTF-8. */
export const shortHash = (text: string): string =>
  createHash('sha256').update(JSON.stringify(text)).digest('hex').slice(0, 10);
