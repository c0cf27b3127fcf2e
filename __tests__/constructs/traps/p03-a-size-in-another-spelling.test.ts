import { houses } from '../../helpers/houses';

describe.each(houses)('P3, a size in another spelling than Proxmox VE’s would replace the guest: $house', ({ emitted }) => {
  test('every size that Terraform sees is a number of GiB', () => {
    const sizes = sizesIn(emitted.stacks.map((stack) => stack.resource));
    expect(sizes.length).toBeGreaterThan(0);
    for (const size of sizes) expect(Number.isInteger(size) && Number(size) >= 1).toBe(true);
  });

  test('no text anywhere looks like a size with a unit', () => {
    expect(JSON.stringify(emitted.stacks)).not.toMatch(/"\d+(\.\d+)?[KMGT]i?B?"/);
  });
});

/** Values of all fields called `size`, wherever they stand. */
function sizesIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'size' ? [inner] : sizesIn(inner)));
}
