import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { officeEn as office } from '../../src/i18n/en/office.ts';
import { DEMO_OWNER, DEMO_PAIRING_CODE } from '../../src/server/demo/access.ts';
import { openShop, until, type Shop } from './harness.ts';
import { makeTablet, type Tablet } from './tablet.ts';

/** The three apps as they are built, under the policy that a browser holds them to. */
let shop: Shop;
let laptop: Tablet;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  shop = await openShop('demo');
  laptop = makeTablet({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  const browser = await laptop.open();
  await browser.exposeFunction('complain', (what: string) => complaints.push(what));
  await browser.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, sample }) => {
      const { complain } = globalThis as unknown as { complain: (what: string) => void };
      complain([location.pathname, effectiveDirective, blockedURI, sourceFile, sample].join(' '));
    });
  });
  page = browser.pages()[0] ?? (await browser.newPage());
});

afterAll(async () => {
  await laptop?.dispose();
  await shop?.dispose();
});

async function shown(path: string): Promise<void> {
  await page.goto(shop.origin + path);
  await until(async () => (await page.locator('body').innerText()).trim() !== '', `${path} to show something`);
}

it('breaks nothing of the till and the card', async () => {
  await shown(`/till/#pair=${DEMO_PAIRING_CODE}`);
  await page.goto(`${shop.origin}/demo/card`);
  await until(async () => (await page.locator('svg').count()) > 0, 'the card to show its code');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  expect(complaints).toEqual([]);
});

it('breaks nothing of the office, where no text may become script', async () => {
  await shown('/office/');
  await page.getByLabel(office.signIn.email).fill(DEMO_OWNER.email);
  await page.getByLabel(office.signIn.password).fill(DEMO_OWNER.password);
  await page.getByRole('button', { name: office.signIn.submit, exact: true }).click();
  await until(async () => (await page.getByRole('navigation').count()) > 0, 'the office to open');
  for (const path of ['', 'program', 'members', 'staff', 'tills', 'poster', 'data', 'settings']) {
    await shown(`/office/${path}`);
    await until(async () => (await page.getByRole('heading').count()) > 0, `${path} to have a heading`);
  }
  expect(complaints).toEqual([]);
  // The policy is really in force: an attempt is refused, and heard.
  const refused = await page.evaluate(() => {
    try {
      // As the components' announcer for screen readers empties itself.
      document.createElement('div').innerHTML = '';
    } catch {
      return false;
    }
    try {
      document.createElement('div').innerHTML = '<b>text</b>';
      return false;
    } catch {
      return true;
    }
  });
  expect(refused).toBe(true);
  await until(() => complaints.some((one) => one.includes('trusted-types')), 'the complaint about it');
});

it('holds for pages as they are built: nothing inline', async () => {
  for (const path of ['/till/', '/c/', '/office/', '/']) {
    const html = await (await fetch(shop.origin + path)).text();
    expect(html).toContain('<html');
    expect(html).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=|javascript:/i);
  }
});
