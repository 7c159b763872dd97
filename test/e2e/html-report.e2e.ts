import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html } from '../../src/reporters/html/html.ts';
import type { Report } from '../../src/reporters/report.ts';
import { hostile } from '../reporters/hostile.ts';
import { fullReport, longReport } from '../reporters/html-page.ts';
import { whole } from '../reporters/shared-report.ts';

const places = [process.env.TRAILPROOF_CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser'];
const executablePath = places.find((place) => place !== '' && existsSync(place));
const advice =
  'install chromium (Debian, Ubuntu: apt-get install chromium), or set TRAILPROOF_CHROMIUM to where one is';
const isSkipped = executablePath === undefined && process.env.CI !== 'true';

// Most reporters do not print the names of skipped tests.
if (isSkipped) process.stdout.write(`THE HTML REPORT WAS TRIED IN NO BROWSER, ITS TESTS WERE SKIPPED: ${advice}\n`);

const said: string[] = [];
const asked: string[] = [];
let folder: string;
let browser: Browser | undefined;
let page: Page;

const written = (name: string, report: Report): string => {
  const path = join(folder, `${name}.html`);
  writeFileSync(path, whole(html)(report));
  return pathToFileURL(path).href;
};

async function open(url: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  if (!browser) throw new Error(`there is no browser: ${advice}`);
  const opened = await browser.newPage(options);
  opened.on('console', (message) => said.push(message.text()));
  opened.on('pageerror', (error) => said.push(error.message));
  opened.on('dialog', (dialog) => {
    said.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  opened.on('request', (request) => asked.push(request.url()));
  await opened.goto(url);
  return opened;
}

const shown = (): Promise<string | null> => page.locator('#shown').textContent();
const titles = (): Promise<readonly string[]> => page.locator('.finding .where').allTextContents();
const focused = (): Promise<unknown> => page.evaluate('document.activeElement.outerHTML.slice(0, 300)');
const nodes = (): Promise<unknown> => page.evaluate('document.querySelectorAll("*").length');

/** What axe finds that keeps somebody from using the page; whether its colours can be told apart was always looked at. */
async function barriers(only?: string): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const options: axe.RunOptions = { resultTypes: ['violations'], ...(only !== undefined && { runOnly: [only] }) };
  const { violations, passes }: axe.AxeResults = await page.evaluate(`axe.run(${JSON.stringify(options)})`);
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes: found }) => found.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`));
}

// The other of the two that may be skipped: not everybody has that browser.
describe.skipIf(isSkipped)('the HTML report in a browser', () => {
  const urls: string[] = [];

  /** Opens the page anew: with another hash alone it would stay, and hear of it some time later. */
  async function at(hash: string): Promise<void> {
    await page.goto('about:blank');
    await page.goto(`${urls[0]}${hash}`);
  }

  beforeAll(async () => {
    expect(executablePath, advice).toBeDefined();
    folder = mkdtempSync(join(tmpdir(), 'trailproof-html-'));
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
    urls.push(written('full', fullReport));
    page = await open(urls[0] ?? '');
  });

  afterAll(async () => {
    await browser?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  test('shows first what failed or is unknown, the worst first', async () => {
    expect(await page.title()).toBe('Audit trail of 2 accounts');
    expect(await shown()).toBe('8 of 10 findings.');
    const badges = await page.locator('.finding .badge').allTextContents();
    expect(badges.join(' ')).toBe('failed failed failed failed unknown unknown failed known failed waived');
  });

  test('filters by text, status, severity, account, framework and standing, and keeps the address in step', async () => {
    const text = page.getByRole('searchbox', { name: 'Text' });
    await text.fill('old trail');
    expect([await shown(), new URL(page.url()).hash]).toEqual(['1 of 10 findings.', '#text=old+trail']);
    await text.fill('');
    expect([await shown(), new URL(page.url()).hash]).toEqual(['8 of 10 findings.', '']);
    await page.getByRole('checkbox', { name: 'failed' }).uncheck();
    await page.getByRole('combobox', { name: 'Account' }).selectOption('444455556666');
    expect(await titles()).toEqual(['ap-east-1 · 444455556666']);
    expect(new URL(page.url()).hash).toBe('#account=444455556666&status=unknown');
    await page.getByRole('checkbox', { name: 'low' }).check();
    expect(await shown()).toBe('None of the 10 findings is left by these filters.');
    await page.getByRole('button', { name: 'Reset' }).click();
    expect([await shown(), new URL(page.url()).hash]).toEqual(['8 of 10 findings.', '']);
    await page.getByRole('combobox', { name: 'Waivers and baseline' }).selectOption('waived');
    expect(await titles()).toEqual(['main-old · us-east-1 · 111122223333']);
    await page.getByRole('combobox', { name: 'Waivers and baseline' }).selectOption('');
    await page.getByRole('combobox', { name: 'Framework' }).selectOption('cis-aws-foundations-3.0.0');
    expect(await shown()).not.toBe('8 of 10 findings.');
  });

  test('leads from a requirement to the findings of a rule', async () => {
    await page.locator('.card-summary').first().click();
    await page.getByRole('link', { name: 'trail-is-logging' }).click();
    // The page hears of its new address a moment later.
    await page.locator('#shown', { hasText: '3 of 10 findings.' }).waitFor();
    expect(await focused()).toContain('<section id="findings"');
  });

  test('opens as an address says', async () => {
    await at('#text=main-debt&status=any');
    expect(await titles()).toEqual(['main-debt · us-east-1 · 111122223333']);
    expect(await page.getByRole('searchbox').inputValue()).toBe('main-debt');
    await page.goto(`${urls[0]}#gaps`);
    expect(await titles()).toEqual(['main-debt · us-east-1 · 111122223333']);
  });

  test('draws the way to what decided, and marks where it breaks', async () => {
    await at('#text=main-old');
    await page.locator('.finding-summary').click();
    await page.locator('.finding .body').waitFor();
    const stops = page.getByRole('list', { name: 'Evidence path 1 of 1' }).getByRole('listitem');
    expect(await stops.allTextContents()).toEqual([
      'leads onmain-old',
      'bucket✕does not holdoldVersioning.Statusbroken here',
    ]);
    expect(await page.locator('.standing').textContent()).toContain(
      'waived by platform until 2026-12-31: It is being taken down',
    );
  });

  test('shows hostile names as text', async () => {
    await at('#text=hostile');
    await page.locator('.finding-summary').click();
    expect(await page.locator('.finding .where').textContent()).toContain(hostile.html);
    expect(await page.evaluate('document.scripts.length')).toBe(2);
    expect(await page.locator('#frameworks .card-title').textContent()).toBe(`House rules ${hostile.html}`);
  });

  test('can be used by keyboard alone', async () => {
    await at('');
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('Skip to the findings');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('name="text"');
    await page.keyboard.type('main-debt');
    expect(await shown()).toBe('1 of 10 findings.');
    await page.locator('button[type=reset]').focus();
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('finding-summary');
    await page.keyboard.press('Enter');
    await page.locator('.finding .body').waitFor();
    expect(await page.locator('.finding .standing').textContent()).toBe('known since 2026-01-15');
  });

  test('walks over the heat map by arrow keys, and shows the chain of a cell', async () => {
    const cells = page.locator('.one-account');
    expect(await cells.locator('h3').textContent()).toBe('Account 444455556666');
    expect(await cells.locator('button[tabindex="0"]').count()).toBe(1);
    await cells.locator('button[tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    for (let row = 0; row < 9; row += 1) await page.keyboard.press('ArrowDown');
    expect(await focused()).toContain(
      'aria-label="console sign-ins without MFA, us-east-1: recorded and kept, not noticed"',
    );
    await page.keyboard.press('Enter');
    expect(await cells.locator('.detail .way li').allTextContents()).toEqual([
      '✓holdsrecorded by',
      '✓holdsdelivered to',
      '✓holdsencrypted with',
      '✓holdskept for',
      '✕does not holdnoticed bybroken here',
    ]);
    await page.getByRole('button', { name: '111122223333' }).click();
    expect(await cells.locator('h3').textContent()).toBe('Account 111122223333');
  });

  test.each([
    ['light', undefined],
    ['dark', 'color-contrast'],
  ] as const)('keeps nobody out, %s', async (colorScheme, only) => {
    await page.emulateMedia({ colorScheme });
    await at('#status=any');
    await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');
    // Each is drawn once it has opened.
    await page.waitForFunction('document.querySelectorAll(".finding:not(:has(.body))").length === 0');
    expect(await page.locator('.finding .body').last().isVisible()).toBe(true);
    await page.locator('.one-account button.cell').last().click();
    expect(await barriers(only)).toEqual([]);
  });

  test('has everything on paper that the filters leave', async () => {
    await at('#text=trail');
    const before = await page.locator('.finding .body').count();
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    const bodies = await page.locator('.finding .body').count();
    expect([before, bodies]).toEqual([0, await page.locator('.finding').count()]);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.locator('.finding .body').count()).toBe(0);
  });

  test('of 5,000 findings shows a slice at a time, and says what it left out', async () => {
    const url = written('long', longReport(5_200));
    urls.push(url);
    await page.goto(url);
    expect(await page.locator('#findings .notice').first().textContent()).toContain('200 more are not in this file');
    expect(await shown()).toBe('5000 of 5000 findings.');
    expect(await page.locator('.finding').count()).toBe(50);
    expect(await nodes()).toBeLessThan(1_500);
    await page.getByRole('button', { name: 'Show 50 more of 4950' }).click();
    expect(await page.locator('.finding').count()).toBe(100);
    expect(await focused()).toContain('finding-summary');
    await page.getByRole('searchbox').fill('trail-4');
    expect(await page.locator('.finding').count()).toBe(50);
    await page.getByRole('searchbox').fill('trail-45');
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator('.finding').count()).toBe(111);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    await page.getByRole('searchbox').fill('trail-4');
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator('.finding .body').count()).toBe(200);
    expect(await page.locator('#list .notice').textContent()).toContain('filter before you print');
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    await page.getByRole('searchbox').fill('trail-4321');
    expect(await shown()).toBe('1 of 5000 findings.');
  });

  test('without a script has a table of what failed or is unknown', async () => {
    const plain = await open(urls[0] ?? '', { javaScriptEnabled: false });
    const rows = plain.getByRole('table', { name: 'What failed or is unknown' }).locator('tbody tr');
    expect(await rows.count()).toBe(8);
    expect(await plain.locator('#filters').isVisible()).toBe(false);
  });

  test('asked nobody for anything, and had nothing to complain about', () => {
    expect([...new Set(asked.map((url) => url.replace(/#.*/, '')))].toSorted()).toEqual(urls.toSorted());
    expect(said).toEqual([]);
  });
});
