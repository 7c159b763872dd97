import { createHash } from 'node:crypto';
import type { Location } from 'sarif';
import type { Finding, FindingResource, FindingSource } from '../evaluation/finding.ts';
import { sarifLimits } from './sarif-limits.ts';
import { sarifText } from './sarif-text.ts';
import { cut, visible } from './visible-text.ts';

const maxSegment = 100;

/** Where GitHub shows a finding: at the line of the file that says it, if there is one, or at what stands for it. */
export type LocationChoice = 'source' | 'resource';

/**
 * Where GitHub shows the finding: the line of the file that it comes from, or else a path inside the repository that
 * stands for the resource. No file is there, so nothing is recomputed from its content, and a colon (of an ARN) would
 * be read as a scheme and refused.
 */
export function locationOf({ resource, source }: Pick<Finding, 'resource' | 'source'>, by: LocationChoice): Location {
  const { id, name, account, region, type } = resource;
  const file = source && by === 'source' ? pathInRepository(source) : undefined;
  const line = file === undefined ? 1 : (source?.line ?? 1);
  return {
    physicalLocation: {
      artifactLocation: { uri: file ?? syntheticPath(resource), uriBaseId: '%SRCROOT%' },
      region: { startLine: line, startColumn: 1, endLine: line, endColumn: 1 },
    },
    logicalLocations: [
      {
        fullyQualifiedName: sarifText(id, sarifLimits.message),
        name: sarifText(name, sarifLimits.message),
        kind: 'resource',
        properties: { account: visible(account), region: visible(region), type: visible(type) },
      },
    ],
  };
}

/** The path as a URI below the folder where the command ran; undefined: it leads elsewhere, or is no path. */
function pathInRepository({ file }: FindingSource): string | undefined {
  const segments = file.split('/').filter((segment, index) => segment !== '.' && (segment !== '' || index === 0));
  const isInside = segments.length > 0 && segments.every((segment) => segment !== '' && segment !== '..');
  if (!isInside || !file.isWellFormed() || file.includes('\\')) return undefined;
  return segments.map(encodeURIComponent).join('/');
}

/** A path that stands for a resource: `aws/<partition>/<account>/<region or global>/<service>/<type>/<name>`. */
export function syntheticPath({ type, name, id, partition, account, region }: FindingResource): string {
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
