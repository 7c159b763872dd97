import { plural } from '../reporters/describe.ts';
import { missingRows } from '../reporters/gap-table.ts';
import type { Paint, Style } from '../reporters/paint.ts';
import { visible } from '../reporters/visible-text.ts';
import { hang } from '../reporters/wrap.ts';
import type { Diagnosis } from './diagnosis.ts';

type Mark = '✔' | '✖' | '?';
const styles: Readonly<Record<Mark, Style>> = { '✔': 'green', '✖': 'red', '?': 'yellow' };

/** A diagnosis for people: what works, what does not, and what a scan could not tell because of it. */
export function diagnosisText(diagnosis: Diagnosis, paint: Paint): string {
  const line = (mark: Mark, name: string, text: string): readonly string[] =>
    hang(`${mark} ${name.padEnd(12)}  `, visible(text)).map((it, index) =>
      index === 0 ? `${paint(styles[mark], mark)}${it.slice(1)}` : it,
    );
  const { identity, account, partition, regions, actions, unknown, unknownCoverage = [], exitCode } = diagnosis;
  const lines = [
    ...(identity
      ? line('✔', 'credentials', `${identity.arn}, account ${account}, partition ${partition}`)
      : line('✖', 'credentials', `nobody was let into account ${account}`)),
    ...clockLine(diagnosis, line),
    ...line(
      regions.length > 0 ? '✔' : '?',
      'regions',
      regions.length > 0 ? `${regions.length}: ${regions.join(', ')}` : 'none was read',
    ),
    ...permissionLines(diagnosis, line),
    ...(actions.untried.length > 0
      ? line('?', 'not tried', `${actions.untried.join(', ')}: there is nothing to ask them about`)
      : []),
    ...(unknown.length === 0
      ? line('✔', 'rules', 'a scan will know what it needs for every rule')
      : unknown.flatMap(({ rule, actions: needed }) =>
          line('?', 'unknown', `${rule}${needed.length > 0 ? `: allow ${needed.join(', ')}` : ''}`),
        )),
    ...(unknownCoverage.length > 0 ? line('?', 'unknown', `the coverage of ${unknownCoverage.join(', ')}`) : []),
    '',
    `Exit code ${exitCode}: ${exitCode === 0 ? 'nothing will be unknown.' : 'something will be unknown.'}`,
  ];
  return lines.map((it) => `${it}\n`).join('');
}

type Line = (mark: Mark, name: string, text: string) => readonly string[];

function clockLine({ clock: { secondsAhead, isGood } }: Diagnosis, line: Line): readonly string[] {
  if (secondsAhead === undefined) return line('?', 'clock', 'AWS did not say what time it is');
  const off = Math.abs(secondsAhead);
  if (isGood) return line('✔', 'clock', off < 2 ? 'as AWS has it' : `${off} s from AWS's`);
  return line(
    '✖',
    'clock',
    `${off} s ${secondsAhead > 0 ? 'ahead of' : 'behind'} AWS's: set it, AWS refuses more than 300 s`,
  );
}

function permissionLines({ gaps, actions: { work } }: Diagnosis, line: Line): readonly string[] {
  const rows = missingRows({ gaps });
  const works = `${plural(work.length, 'action')} ${work.length === 1 ? 'works' : 'work'}`;
  return [
    ...(work.length > 0 ? line('✔', 'permissions', works) : []),
    ...rows.flatMap(({ what, why, count, where }) =>
      why === 'NotScanned'
        ? line('?', 'left out', where)
        : line('✖', 'refused', `${what}: ${why}, ${plural(count, 'time')} in ${where}`),
    ),
  ];
}
