import type { Holds } from '../page-data.ts';
import { element, heard } from './element.ts';

/** A stop on a way: what it is, how one gets there, and whether it holds. */
export interface Stop {
  readonly by: string;
  readonly name: string;
  readonly holds: Holds;
  readonly facts: readonly string[];
}

const marks: Readonly<Record<Holds, string>> = { yes: '✓', no: '✕', unknown: '?', leads: '' };
const words: Readonly<Record<Holds, string>> = {
  yes: 'holds',
  no: 'does not hold',
  unknown: 'is not known',
  leads: 'leads on',
};

/** The mark of what holds or does not, with its word for those who hear the page. */
export function mark(holds: Holds): HTMLElement {
  const shown = element('span', { class: 'mark', 'aria-hidden': 'true' }, marks[holds]);
  return element('span', { class: `holds h-${holds}` }, shown, heard(words[holds]));
}

/** Stops in a row, each joined to the one before it; where the way first breaks it is cut and says so, and what is behind is dim. */
export function way(stops: readonly Stop[], label: string): HTMLElement {
  const broken = firstOf(stops, 'no') ?? firstOf(stops, 'unknown');
  const items = stops.map((stop, index) => {
    const { by, name, holds, facts } = stop;
    const isBroken = stop === broken;
    const isBehind = broken !== undefined && holds === broken.holds && index > stops.indexOf(broken);
    const kind = isBroken ? ' broken' : isBehind ? ' behind' : '';
    const said = isBroken
      ? [element('span', { class: 'verdict-here' }, holds === 'no' ? 'broken here' : 'not known')]
      : [];
    const told = facts.length > 0 ? [element('span', { class: 'facts' }, facts.join(', '))] : [];
    const joint = by === '' ? [] : [element('span', { class: 'by' }, by)];
    const box = element(
      'span',
      { class: 'stop' },
      mark(holds),
      element('span', { class: 'stop-name' }, name),
      ...told,
      ...said,
    );
    return element('li', { class: `h-${holds}${kind}` }, ...joint, box);
  });
  return element('ol', { class: 'way', 'aria-label': label }, ...items);
}

const firstOf = (stops: readonly Stop[], holds: Holds): Stop | undefined => stops.find((stop) => stop.holds === holds);
