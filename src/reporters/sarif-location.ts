import { createHash } from 'node:crypto';
import type { Location } from 'sarif';
import type { FindingResource } from '../evaluation/finding.ts';
import { sarifLimits } from './sarif-limits.ts';
import { sarifText } from './sarif-text.ts';
import { cut, visible } from './visible-text.ts';

const maxSegment = 100;
const startOfFile = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } as const;

/**
 * Where GitHub shows the finding: a path inside the repository that stands for the resource. No file is there, so
 * nothing is recomputed from its content, and a colon (of an ARN) would be read as a scheme and refused.
 */
export function locationOf(resource: FindingResource): Location {
  const { id, name, account, region, type } = resource;
  return {
    physicalLocation: {
      artifactLocation: { uri: syntheticPath(resource), uriBaseId: '%SRCROOT%' },
      region: startOfFile,
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
