import type { Gauge, LabSummary } from '../../../../constructs/core/summary';
import { renderCapacity } from '../../../../constructs/render/pictures/capacity';
import { awkwardLab, labOf, labOfSize, sampleLab } from '../sample-lab';
import { overflowingTexts } from './overflow';
import { parseSvg, readableTexts } from './parse-svg';

const colorOfAlarm = '#b3261e';

describe('the capacity plot', () => {
  test('is the reviewed one', () => {
    expect(renderCapacity(sampleLab)).toMatchSnapshot();
  });

  test('tells promised, limit, share, budget and every part of each resource', () => {
    const texts = readableTexts(renderCapacity(sampleLab));
    expect(texts).toEqual(
      expect.arrayContaining([
        'RAM', '24.8 GiB of 31.1 GiB promised · 80 %', 'budget 28 GiB', 'limit 31.1 GiB',
        'vCPU', '22 vCPU of 56 vCPU promised · 39 %', 'budget 42 vCPU', 'limit 56 vCPU',
        'ZFS pool vault', '2972 GiB of 3600 GiB promised · 83 %', 'budget 3240 GiB', 'limit 3600 GiB',
        'host reserve', 'ZFS ARC cap', 'jellyfin', 'backups',
      ]),
    );
  });

  test('draws parts to scale', () => {
    const bars = renderCapacity(withMemory({ unit: 'MiB', parts: [{ label: 'half', amount: 500 }], budget: 900, limit: 1000 }));
    expect(bars).toContain('l1100 0l0 40');
    expect(bars).toContain('l550 0l0 40');
  });

  test('is calm when everything is within budget', () => {
    expect(renderCapacity(sampleLab)).not.toContain(colorOfAlarm);
  });

  test.each([
    ['over budget', 950, 'Over budget by 50 MiB'],
    ['over the limit', 1001, 'Over the limit by 1 MiB'],
  ])('marks a gauge that is %s', (_, amount, label) => {
    const svg = renderCapacity(withMemory({ unit: 'MiB', parts: [{ label: 'all', amount }], budget: 900, limit: 1000 }));
    expect(readableTexts(svg)).toContain(label);
    expect(svg).toContain(colorOfAlarm);
  });

  test('does not mark a gauge that is exactly at its budget', () => {
    const svg = renderCapacity(withMemory({ unit: 'MiB', parts: [{ label: 'all', amount: 900 }], budget: 900, limit: 1000 }));
    expect(svg).not.toContain(colorOfAlarm);
  });

  test('sums up the smallest parts when there are many, and loses nothing', () => {
    const texts = readableTexts(renderCapacity(labOfSize(100)));
    expect(texts).toEqual(expect.arrayContaining(['service-0', 'service-12', '87 others', '87 vCPU', '100 vCPU of 56 vCPU promised · 179 %']));
    expect(texts).not.toContain('service-13');
  });

  test('survives a house without guests or limits', () => {
    const nothing: Gauge = { unit: 'MiB', parts: [], budget: 0, limit: 0 };
    const svg = renderCapacity({ ...labOf([]), capacity: { memory: nothing, cpu: { ...nothing, unit: 'vCPU' }, pool: { ...nothing, unit: 'GiB' } } });
    expect(readableTexts(svg)).toContain('0 MiB of 0 MiB promised · -');
    expect(svg).not.toContain('NaN');
  });

  test.each([
    ['the sample', sampleLab], ['one guest', labOfSize(1)], ['100 guests', labOfSize(100)], ['awkward names', awkwardLab()],
  ])('keeps every text in its place: %s', (_, lab) => {
    expect(overflowingTexts(renderCapacity(lab))).toEqual([]);
  });

  test('tells a screen reader what it shows', () => {
    const [root, title, description] = parseSvg(renderCapacity(sampleLab));
    expect(root?.attributes).toMatchObject({ role: 'img', width: '1200' });
    expect(title?.text).toBe('Capacity of birch-lane');
    expect(description?.text).toContain('RAM: 24.8 GiB of 31.1 GiB promised (80 %), budget 28 GiB.');
  });

  test('is equal byte for byte when drawn again in the same process, and refers to no id', () => {
    const first = renderCapacity(sampleLab);
    expect(renderCapacity(sampleLab)).toBe(first);
    expect(first).not.toMatch(/ id=|url\(#/);
  });
});

function withMemory(memory: Gauge): LabSummary {
  return { ...sampleLab, capacity: { ...sampleLab.capacity, memory } };
}
