/** What a line or a file's name may not say, and what to do instead. */
export interface Ban {
  readonly pattern: RegExp;
  readonly because: string;
}

/** In code, rules, examples and documents. */
export const bannedEverywhere: readonly Ban[] = [
  { pattern: /\b(?:TODO|FIXME|XXX|HACK)\b/, because: 'what is not done is not there' },
  { pattern: /(?:^|[\s'"`(=])\/(?:home|root|tmp|work|Users|var\/folders)\//, because: 'a path of one machine' },
  { pattern: /\b(?:localhost|127\.0\.0\.1):4873\b|registry\.npmjs\.org/, because: 'a registry' },
];

/** In TypeScript and JavaScript. */
export const bannedInCode: readonly Ban[] = [
  { pattern: /\bas any\s*[;,.)\]}]|<any>/, because: '`any` turns the compiler off' },
  { pattern: /@ts-(?:ignore|nocheck|expect-error)/, because: 'the compiler is right, or its configuration is wrong' },
  { pattern: /(?:biome|eslint|prettier)-ignore-all|eslint-disable/, because: 'a rule is switched off for one line' },
  { pattern: /biome-ignore(?! [a-z/A-Z]+: \S+ \S+)/, because: 'an exception names its rule and its reason' },
  { pattern: /\.localeCompare\((?!b\.id\)')|\bIntl\./, because: 'each machine has an order of its own' },
];

/** In what is pure: all of `src` but its edges. */
export const bannedInPure: readonly Ban[] = [
  { pattern: /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(/, because: 'clock and chance come in through its edges' },
];

/** In tests, but not in the servers that tests start. */
export const bannedInTests: readonly Ban[] = [
  { pattern: /\b(?:test|it|describe|suite)\.(?:skip|only|todo|skipIf|runIf|fails)\b/, because: 'every test runs' },
  {
    pattern: /\bset(?:Timeout|Interval)\b|\bsleep\(|node:timers/,
    because: 'a test that waits is slow, and fails on a slow day',
  },
];

/** Names of drawers: they don't say what may not go in. */
export const drawer =
  /(?:^|\/)(?:(?:[^/]*-)?(?:utils?|helpers?|lib|common|shared|misc|managers?|handlers?|processors?)|types?|interfaces?|models?)(?:\.[a-z.]+)?(?:\/|$)/;

/** `file:line: reason: text` of every line that says what is banned. */
export function banned(files: Readonly<Record<string, string>>, bans: readonly Ban[]): readonly string[] {
  return Object.entries(files).flatMap(([file, text]) =>
    text
      .split('\n')
      .flatMap((line, at) =>
        bans
          .filter(({ pattern }) => pattern.test(line))
          .map(({ because }) => `${file}:${at + 1}: ${because}: ${line.trim()}`),
      ),
  );
}

/** The relative targets of a Markdown text's links and images, without their anchors; code is not read. */
export function relativeLinks(markdown: string): readonly string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  const targets = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)|^\[[^\]]+\]:\s*(\S+)/gm)].map(([, a, b]) => a ?? b ?? '');
  return targets.filter((target) => !/^(?:[a-z]+:|#)/i.test(target)).map((target) => target.replace(/#.*$/, ''));
}
