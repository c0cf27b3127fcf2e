import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { homelab } from '../../homelab';
import { reviewHtml } from '../../review/document/html';
import { reviewOf, type Review } from '../../review/document/review';
import type { HouseVersion, SecretEntry, Summary } from '../../review/document/house-version';
import { bringFromDebian } from '../helpers/debian';
import { emit } from '../helpers/emitted';
import { withService } from '../helpers/alter';

jest.setTimeout(300_000);

const LOW_CONTRAST = readFileSync(join(__dirname, 'low-contrast.mjs'), 'utf8');
const PROGRAM = '/usr/bin/chromium';

bringFromDebian({ chromium: 'chromium' });

function version(lab = homelab): HouseVersion {
  const { files } = emit(lab);
  const ansible = new Map([...files].filter(([path]) => path.startsWith('ansible/')).map(([path, text]) => [path.slice('ansible/'.length), text]));
  const { secrets } = JSON.parse(files.get('secrets/manifest.json')!) as { secrets: SecretEntry[] };
  return { summary: JSON.parse(files.get('review/summary.json')!) as Summary, picture: files.get('docs/architecture.svg')!, ansible, roles: new Map(), secrets, known: [] };
}

const before = version();
const services = homelab.services.filter(({ name }) => name !== 'grafana');
const changed = withService('n8n', { purpose: '<img src=x onerror="document.title=1">', address: '192.168.88.201' }, { ...homelab, services });
const review = reviewOf({ base: 'main', kind: 'rehearsed', findings: [{ severity: 'loss', rule: 'destroys-guest', subject: 'grafana', problem: 'gone', remedy: '' }],
  plans: [{ stack: 'services', text: '<script>document.title = 2</script>', refusedByTool: [], plan: { resource_changes: [
    { address: 'proxmox_virtual_environment_container.grafana', type: 'proxmox_virtual_environment_container', change: { actions: ['delete'], before: { vm_id: 107 }, after: null } },
    { address: 'proxmox_virtual_environment_container.n8n', type: 'proxmox_virtual_environment_container', change: { actions: ['update'], before: { vm_id: 102, description: 'a' }, after: { vm_id: 102, description: '<img src=x>' } } },
  ] } }], before, after: version(changed) }) as Review;

describe('the page of a review', () => {
  const folder = mkdtempSync(join(tmpdir(), 'review-page-'));
  let browser: Browser;

  beforeAll(async () => {
    writeFileSync(join(folder, 'review.html'), reviewHtml(review));
    browser = await chromium.launch({ executablePath: PROGRAM, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(width: number, colorScheme: 'light' | 'dark'): Promise<{ page: Page; wrong: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (message) => wrong.push(message.text()));
    page.on('request', (request) => (/^(file|data):/.test(request.url()) ? undefined : wrong.push(request.url())));
    await page.goto(`file://${join(folder, 'review.html')}`);
    return { page, wrong };
  }

  test.each([[1280, 'light'], [1280, 'dark'], [390, 'light'], [390, 'dark']] as const)('at %i px, %s: it loads nothing, is no wider than the screen, and can be read', async (width, scheme) => {
    const { page, wrong } = await open(width, scheme);
    expect(wrong).toEqual([]);
    expect(await page.title()).toBe('Loses data: review against main');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
    await page.close();
  });

  test('what changes is marked in the picture, and the keyboard leads from there to its row', async () => {
    const { page } = await open(1280, 'light');
    // The database lets n8n in at its new address, and Prometheus no longer lets Grafana in.
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe('postgresql: configured');
    await page.keyboard.press('Enter');
    expect(await page.evaluate("document.querySelector(':target').textContent")).toContain('postgresql');
    expect(await page.locator('svg a').evaluateAll((links) => links.map((link) => link.getAttribute('aria-label')))).toEqual(['postgresql: configured', 'prometheus: configured', 'n8n: changed', 'grafana: removed']);
    await page.close();
  });
});
