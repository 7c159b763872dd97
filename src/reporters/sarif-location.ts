import type { Location } from 'sarif';
import type { Finding } from '../evaluation/finding.ts';
import { placeOf } from './location.ts';
import type { ReporterOptions } from './report.ts';
import { sarifLimits } from './sarif-limits.ts';
import { sarifText } from './sarif-text.ts';
import { visible } from './visible-text.ts';

/** Where GitHub shows the finding, and, for other readers, which resource it is about. */
export function locationOf(
  finding: Pick<Finding, 'resource' | 'source'>,
  options: Pick<ReporterOptions, 'locations' | 'folder'>,
): Location {
  const { id, name, account, region, type } = finding.resource;
  const { path, line } = placeOf(finding, options);
  return {
    physicalLocation: {
      artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
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
