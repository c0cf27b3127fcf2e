import { renderArchitecture } from '../../../../constructs/render/pictures/architecture';
import { awkwardLab, guest, labOf, labOfSize, sampleLab } from '../sample-lab';
import { overflowingTexts } from './overflow';
import { parseSvg, readableTexts } from './parse-svg';

const colorOfGpu = '#b34d00';

describe('the architecture picture', () => {
  test('is the reviewed one', () => {
    expect(renderArchitecture(sampleLab)).toMatchSnapshot();
  });

  test('shows every guest with VMID, name, address and size', () => {
    const texts = readableTexts(renderArchitecture(sampleLab));
    for (const { vmId, name, address } of sampleLab.guests) expect(texts).toEqual(expect.arrayContaining([String(vmId), name, address]));
    expect(texts).toContain('4 vCPU · 4 GiB · 20 GiB');
  });

  test('shows the machine, the bridge, the pool, the template and where backups go', () => {
    const texts = readableTexts(renderArchitecture(sampleLab));
    expect(texts).toEqual(
      expect.arrayContaining([
        'Intel Core i5-13500T', '31.1 GiB', 'Intel Arc A380', '3 of 4 ports used',
        'Linux bridge vmbr0 · 10.20.0.0/16 · gateway 10.20.0.1',
        'ZFS pool vault', '3600 GiB usable · mirror of 2', 'intended: two mirrors of 2', 'vault/data',
        'VM template 9000', 'vault/backups/lxc', 'keeps 7 daily, 4 weekly, 6 monthly',
      ]),
    );
  });

  test('marks the foundation stack and the guest with the GPU', () => {
    const texts = readableTexts(renderArchitecture(sampleLab));
    expect(texts.filter((text) => text === 'foundation')).toHaveLength(2);
    expect(texts).toContain('Terraform stack foundation (1); unmarked: services (11)');
    expect(gpuLinks(renderArchitecture(sampleLab))).toHaveLength(1);
  });

  test('links the GPU to nothing when no guest has it, or the host has none', () => {
    const withoutUser = labOf(sampleLab.guests.map((each) => ({ ...each, gpu: false })));
    expect(gpuLinks(renderArchitecture(withoutUser))).toEqual([]);
    const host = { ...sampleLab.host, gpu: undefined };
    expect(gpuLinks(renderArchitecture({ ...sampleLab, host }))).toEqual([]);
  });

  test('draws the way of the backups although no dataset has their path', () => {
    const pool = { ...sampleLab.pool, datasets: [] };
    expect(readableTexts(renderArchitecture({ ...sampleLab, pool }))).toEqual(expect.arrayContaining(['/vault/backups/lxc', 'storage backups']));
  });

  test('says that a tier is empty', () => {
    const only = guest({ vmId: 101, name: 'only', purpose: 'alone', tier: 'app' });
    expect(readableTexts(renderArchitecture(labOf([only])))).toEqual(expect.arrayContaining(['no guests', 'only', '1 guest on one Proxmox VE 9.1.2 host']));
    expect(readableTexts(renderArchitecture(labOf([]))).filter((text) => text === 'no guests')).toHaveLength(2);
  });

  test('has a card for each of 60 guests, and beyond that sums, the marked and the biggest', () => {
    expect(cards(renderArchitecture(labOfSize(60)))).toHaveLength(60);
    const texts = readableTexts(renderArchitecture(labOfSize(100)));
    expect(texts).toEqual(expect.arrayContaining(['service-0', 'service-1', 'service-99', '+ 26 more', '+ 58 more']));
    expect(texts.find((text) => text.startsWith('34 guests'))).toBe('34 guests · 34 vCPU · 21.9 GiB RAM · 272 GiB disk');
  });

  test('is no bigger for ten thousand guests than for a hundred', () => {
    const hundred = renderArchitecture(labOfSize(100)).length;
    expect(renderArchitecture(labOfSize(10_000)).length).toBeLessThan(hundred * 1.05);
  });

  test.each([
    ['the sample', sampleLab], ['one guest', labOfSize(1)], ['60 guests', labOfSize(60)], ['100 guests', labOfSize(100)], ['awkward names', awkwardLab()],
  ])('keeps every text in its place: %s', (_, lab) => {
    expect(overflowingTexts(renderArchitecture(lab))).toEqual([]);
  });

  test('carries names with markup unharmed, and without what XML forbids', () => {
    const lab = { ...sampleLab, name: `a<b>&"c"'\u0000` };
    const [, title] = parseSvg(renderArchitecture(lab));
    expect(title?.text).toBe(`Architecture of a<b>&"c"'\ufffd`);
    expect(readableTexts(renderArchitecture(lab))).toContain(`a<b>&"c"'\ufffd`);
  });

  test('tells a screen reader what it shows', () => {
    const [root, title, description] = parseSvg(renderArchitecture(sampleLab));
    expect(root?.attributes).toMatchObject({ role: 'img', width: '1200' });
    expect(title).toMatchObject({ tag: 'title', text: 'Architecture of birch-lane' });
    expect(description?.tag).toBe('desc');
    expect(description?.text).toContain('211 jellyfin (app, services, 10.20.0.212, GPU)');
  });

  test('is equal byte for byte when drawn again in the same process, and refers to no id', () => {
    const first = renderArchitecture(sampleLab);
    expect(renderArchitecture(sampleLab)).toBe(first);
    expect(first).not.toMatch(/ id=|url\(#/);
  });
});

function cards(svg: string): string[] {
  return readableTexts(svg).filter((text) => text.startsWith('service-'));
}

function gpuLinks(svg: string): unknown[] {
  const lines = parseSvg(svg).filter(({ tag, attributes }) => tag === 'polyline' && attributes['stroke'] === colorOfGpu);
  // The legend's sample is a straight line, the link has turns.
  return lines.filter(({ attributes }) => (attributes['points'] ?? '').split(' ').length > 4);
}
