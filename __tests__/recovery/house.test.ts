import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readHouse } from '../../recovery/house';
import { rebuildSteps } from '../../recovery/steps';
import { houses } from '../helpers/houses';
import { runSynth, writeEntry } from '../helpers/run-synth';

const modules: Record<string, string> = {
  'the owner’s house': "import { homelab as house } from 'homelab';",
  'the small house': "import { smallHouse as house } from '__tests__/helpers/small-house';",
};

test.each(houses)('$house, as it is synthesized, is read without knowing its definition', ({ house, lab }) => {
  const root = mkdtempSync(join(tmpdir(), 'homelab-house-'));
  try {
    expect(runSynth(writeEntry(root, modules[house]!), join(root, 'cdktf.out'))).toMatchObject({ status: 0 });
    const read = readHouse(root);
    expect(read).toMatchObject({ own: true, node: lab.host.nodeName, address: lab.host.bridge.address.split('/')[0], token: `${lab.host.apiToken.user}!${lab.host.apiToken.tokenId}` });
    expect(read.guests).toEqual(lab.services.map(({ vmId: vmid, name }) => ({ vmid, name })).sort((a, b) => a.vmid - b.vmid));
    expect(read.startingGuests.length).toBe(lab.services.filter(({ startOnBoot }) => startOnBoot !== false).length);
    const keeper = lab.services.find(({ name }) => name === lab.state.service)!;
    expect(read.stateGuest).toEqual({ vmid: keeper.vmId, name: keeper.name, address: keeper.address, port: lab.state.port });
    const steps = rebuildSteps({ house: read, folder: join(root, 'state'), unattended: true }).map(({ id }) => id);
    expect(steps.includes('card')).toBe(lab.host.gpu !== undefined);
    expect(steps.slice(-6)).toEqual(['store', 'token', 'agree', 'rest', 'health', 'backup']);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}, 120_000);
