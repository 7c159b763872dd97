import { cut, visible } from './visible-text.ts';

/** Text that a SARIF viewer shows as it is: `[text](target)` would become a link. */
export const sarifText = (text: string, length: number): string => cut(visible(text).replaceAll('](', '] ('), length);

/** GitHub refuses a required text that is empty: the first that is not. */
export const firstText = (candidates: readonly string[]): string =>
  candidates.find((text) => text.trim() !== '') ?? 'not named';
