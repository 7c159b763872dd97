/**
 * Whether a text matches a glob: anchored at both ends, case-sensitive, `*` any run, `?` one character. Linear in
 * the product of the lengths at worst, so that no pattern can stall a run.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let mark = 0;
  while (from < text.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at++;
      mark = from;
    } else if (wanted === '?' || (wanted !== undefined && wanted === text[from])) {
      at++;
      from++;
    } else if (star >= 0) {
      at = star + 1;
      from = ++mark;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/** Longer beginnings and endings are not compared piece by piece: it would take the product of their lengths. */
const longest = 256;

/**
 * Where the border of `beginning*ending` runs. It names the texts that begin with one and end with the other though
 * they are shorter than both together (`abc` of `ab` and `bc`): a wildcard between the two does not match them.
 */
export function starBorder(beginning: string, ending: string): StarBorder {
  const border = { beginnings: [beginning], endings: [ending] };
  const least = Math.min(beginning.length, ending.length);
  if (least > longest) return { ...border, whole: [], intricate: true };
  const shared = Array.from({ length: least }, (_, index) => index + 1);
  const whole = shared
    .filter((length) => beginning.endsWith(ending.slice(0, length)))
    .map((length) => beginning + ending.slice(length));
  return { ...border, whole };
}

interface StarBorder {
  readonly whole: readonly string[];
  readonly beginnings: readonly string[];
  readonly endings: readonly string[];
  readonly intricate?: true;
}
