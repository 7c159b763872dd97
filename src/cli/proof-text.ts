import { sentence, shortPath } from '../evaluation/sentence.ts';
import type { Truth } from '../proof/answer.ts';
import type { Paint, Style } from '../reporters/paint.ts';
import { cut, visible } from '../reporters/visible-text.ts';
import { hang } from '../reporters/wrap.ts';
import type { Proof, ProvenChain, ProvenLink } from './proof.ts';

const marks: Readonly<Record<Truth, string>> = { yes: '✔', no: '✖', unknown: '?' };
const styles: Readonly<Record<Truth, Style>> = { yes: 'green', no: 'red', unknown: 'yellow' };
const maxSentence = 600;
const shownRegions = 4;

/** The chains of an event for people: a heading for the regions that agree, a line for each link. */
export function proofText(proof: Proof, name: string, paint: Paint): string {
  const accounts = proof.accounts.flatMap(({ account, chains }) => [
    '',
    paint('bold', `account ${visible(account)}`),
    ...(chains.length === 0 ? ['  no region of it is known and asked about, so nothing can be said'] : []),
    ...chains.flatMap((chain) => chainLines(chain, paint)),
  ]);
  return `${[paint('bold', visible(name)), ...accounts, '', conclusion(proof)].join('\n')}\n`;
}

function chainLines({ regions, links, broken }: ProvenChain, paint: Paint): readonly string[] {
  const told = new Set<string>();
  const lines = links.flatMap((link) => {
    // A later link rests on the earlier ones: what they said is not said again.
    const fresh = link.evidence.filter((item) => !told.has(JSON.stringify(item)));
    for (const item of fresh) told.add(JSON.stringify(item));
    return linkLines({ ...link, evidence: fresh }, link.name === broken, paint);
  });
  return [`  ${visible(regionsText(regions))}`, ...lines];
}

function regionsText(regions: readonly string[]): string {
  const rest = regions.length - shownRegions;
  return rest > 1 ? `${regions.slice(0, shownRegions).join(', ')} and ${rest} more` : regions.join(', ');
}

function linkLines({ name, holds, evidence }: ProvenLink, isFirstBroken: boolean, paint: Paint): readonly string[] {
  const label = `    ${marks[holds]} ${name.padEnd(15)} `;
  const mark = `    ${paint(styles[holds], marks[holds])} ${name.padEnd(15)} `;
  const said =
    evidence.length === 0
      ? 'as above'
      : visible(cut(shortPath(sentence({ truth: holds, evidence, changes: [] })), maxSentence));
  const actions = [...new Set(evidence.flatMap(({ gap }) => gap?.action ?? []))];
  return [
    ...hang(mark, isFirstBroken && holds === 'no' ? `${paint('bold', 'broken here:')} ${said}` : said, label.length),
    ...(actions.length > 0 ? hang(' '.repeat(label.length), `to know: allow ${actions.join(', ')}`) : []),
  ];
}

const conclusions: Readonly<Record<Proof['exitCode'], string>> = {
  0: 'Every link holds.',
  1: 'Exit code 1: a link is broken.',
  3: 'Exit code 3: no link is known to be broken, and not all are known to hold.',
};

const conclusion = ({ exitCode }: Proof): string => conclusions[exitCode];
