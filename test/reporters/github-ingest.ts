// What GitHub code scanning demands of a SARIF file beyond the schema (its documentation of SARIF support, and what
// its upload refuses). The file is read as anybody's JSON.

interface Rule {
  readonly id?: string;
  readonly name?: string;
  readonly shortDescription?: { readonly text?: string };
  readonly fullDescription?: { readonly text?: string };
  readonly help?: { readonly text?: string };
  readonly properties?: { readonly 'security-severity'?: unknown; readonly tags?: readonly string[] };
}

interface Location {
  readonly physicalLocation?: {
    readonly artifactLocation?: { readonly uri?: string };
    readonly region?: Readonly<Record<string, number>>;
  };
}

interface Result {
  readonly ruleId?: string;
  readonly ruleIndex?: number;
  readonly level?: string;
  readonly message?: { readonly text?: string };
  readonly locations?: readonly Location[];
  readonly partialFingerprints?: { readonly primaryLocationLineHash?: string };
}

export interface SarifFile {
  readonly $schema?: string;
  readonly version?: string;
  readonly runs?: readonly {
    readonly tool?: { readonly driver?: { readonly name?: string; readonly rules?: readonly Rule[] } };
    readonly automationDetails?: { readonly id?: string };
    readonly results?: readonly Result[];
  }[];
}

type Problem = string | false;

const isText = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
const isLonger = (text: string | undefined, length: number): boolean => (text ?? '').length > length;
const found = (problems: readonly Problem[]): readonly string[] => problems.filter((problem) => problem !== false);

export function githubProblems(log: SarifFile): readonly string[] {
  const runs = log.runs ?? [];
  return [
    ...found([
      !isText(log.$schema) && '$schema is missing',
      log.version !== '2.1.0' && 'version is not 2.1.0',
      (runs.length < 1 || runs.length > 20) && 'runs are not 1 to 20',
    ]),
    ...runs.flatMap(({ tool, automationDetails, results }) => {
      const rules = tool?.driver?.rules;
      return [
        ...found([
          !isText(tool?.driver?.name) && 'driver.name is missing',
          rules === undefined && 'driver.rules is missing',
          (rules ?? []).length > 25_000 && 'more than 25,000 rules',
          new Set(rules?.map(({ id }) => id)).size !== (rules ?? []).length && 'a rule id twice',
          results === undefined && 'results is missing',
          (results ?? []).length > 5000 && 'more than 5,000 results',
          !/^[^:]+\/$/.test(automationDetails?.id ?? '') && 'automationDetails.id is not a category alone',
        ]),
        ...(rules ?? []).flatMap(ruleProblems),
        ...(results ?? []).flatMap((result) => resultProblems(result, rules ?? [])),
      ];
    }),
  ];
}

function ruleProblems({ id, name, shortDescription, fullDescription, help, properties }: Rule): readonly string[] {
  const severity = properties?.['security-severity'];
  const tags = properties?.tags ?? [];
  return found([
    !isText(id) && 'rule.id is missing',
    isLonger(name, 255) && 'rule.name is too long',
    !isText(shortDescription?.text) && 'shortDescription.text is missing',
    isLonger(shortDescription?.text, 1024) && 'shortDescription.text is too long',
    !isText(fullDescription?.text) && 'fullDescription.text is missing',
    isLonger(fullDescription?.text, 1024) && 'fullDescription.text is too long',
    !isText(help?.text) && 'help.text is missing',
    severity !== undefined && !isScore(severity) && 'security-severity is not a numeric string',
    tags.length > 10 && 'more than 10 tags',
    tags[0] !== 'security' && 'the first tag is not security',
  ]);
}

const isScore = (severity: unknown): boolean =>
  typeof severity === 'string' && /^\d+\.\d+$/.test(severity) && Number(severity) > 0 && Number(severity) <= 10;

function resultProblems(result: Result, rules: readonly Rule[]): readonly string[] {
  const { ruleId, ruleIndex, level, message, locations, partialFingerprints } = result;
  const location = locations?.[0]?.physicalLocation;
  const uri = location?.artifactLocation?.uri;
  const positions = ['startLine', 'startColumn', 'endLine', 'endColumn'];
  return found([
    !isText(ruleId) && 'ruleId is missing',
    (ruleIndex === undefined || rules[ruleIndex]?.id !== ruleId) && 'ruleIndex is not the rule',
    !['error', 'warning', 'note'].includes(level ?? '') && 'level is unknown to GitHub',
    !isText(message?.text) && 'message.text is missing',
    (locations?.length ?? 0) !== 1 && 'not exactly one location',
    !isText(uri) && 'uri is missing',
    isText(uri) && !isRelativePath(uri) && 'uri is not a relative path',
    positions.some((name) => !((location?.region?.[name] ?? 0) >= 1)) && 'region is incomplete',
    !isText(partialFingerprints?.primaryLocationLineHash) && 'primaryLocationLineHash is missing',
  ]);
}

/** Below the root of the repository, of characters that never need escaping or are escaped; so also without a scheme. */
const isRelativePath = (uri: string): boolean =>
  /^(?:[\w.~-]|%[\dA-F]{2})+(?:\/(?:[\w.~-]|%[\dA-F]{2})+)*$/.test(uri) &&
  !uri.split('/').some((segment) => /^\.+$/.test(segment));
