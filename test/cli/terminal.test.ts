import { describe, expect, test, vi } from 'vitest';
import { startProgress, wantsColor } from '../../src/cli/terminal.ts';

describe('colours', () => {
  const terminal = { isTTY: true };
  test.each([
    ['a terminal', terminal, false, {}, true],
    ['no terminal', {}, false, {}, false],
    ['the flag', terminal, true, { FORCE_COLOR: '1' }, false],
    ['NO_COLOR', terminal, false, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['an empty NO_COLOR', terminal, false, { NO_COLOR: '' }, true],
    ['FORCE_COLOR', {}, false, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', terminal, false, { FORCE_COLOR: '0' }, false],
    ['a dumb terminal', terminal, false, { TERM: 'dumb' }, false],
  ])('%s', (_, stream, noColor, environment, expected) => {
    expect(wantsColor(stream, { noColor, environment })).toBe(expected);
  });
});

describe('the progress line', () => {
  async function writtenAfter(milliseconds: number, isTTY: boolean, options: Parameters<typeof startProgress>[1]) {
    vi.useFakeTimers();
    const written: string[] = [];
    const progress = startProgress(
      { isTTY, write: (text: string | Uint8Array) => written.push(String(text)) > 0 },
      options,
    );
    await progress.step('3 accounts judged');
    vi.advanceTimersByTime(milliseconds);
    progress.stop();
    vi.useRealTimers();
    return written;
  }

  test('comes after a second and goes away at the end', async () => {
    expect(await writtenAfter(900, true, { quiet: false, environment: {} })).toEqual([]);
    const written = await writtenAfter(1100, true, { quiet: false, environment: {} });
    expect(written.at(0)).toBe('\r\u001b[2K3 accounts judged');
    expect(written.at(-1)).toBe('\r\u001b[2K');
  });

  test.each([
    ['no terminal', false, { quiet: false, environment: {} }],
    ['--quiet', true, { quiet: true, environment: {} }],
    ['CI', true, { quiet: false, environment: { CI: 'true' } }],
  ])('never with %s', async (_, isTTY, options) => {
    expect(await writtenAfter(5000, isTTY, options)).toEqual([]);
  });
});
