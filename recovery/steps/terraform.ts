import { join } from 'node:path';

import { onHost } from '../ansible';
import type { Command, Step } from '../step';
import type { StepOptions } from '../steps';
import { storeToken } from '../waiting-token';

const agree: Command = ['node', '--import', 'tsx', join(__dirname, '..', 'agree.ts')];
const state = (...words: string[]): Command => ['npm', 'run', '--silent', 'state', '--', ...words];

/** Steps 7 to 9: the state, Terraform, and everything else. A drill with an inventory of its own has none of it. */
export function terraformSteps(options: StepOptions): Step[] {
  const { house, unattended } = options;
  if (!house.guests || !house.own) return [];
  const apply = (stack: string) => state('apply', stack, ...(unattended ? ['--yes'] : []));
  return [
    ...storeSteps(options),
    {
      id: 'agree',
      section: 8,
      title: 'Terraform agrees',
      does: 'Plans both stacks and refuses a plan that would make, replace or destroy a guest that has a disk or runs already.',
      by: 'program',
      // A host that was installed anew has another authority.
      commands: [state('trust-host'), agree],
      help: '8-terraform-must-agree',
    },
    {
      id: 'rest',
      section: 9,
      title: 'Everything else',
      does: "Starts the guests in their order, applies both stacks past the guard, and runs the host's whole play once, as in normal life.",
      by: 'program',
      commands: [agree, onHost(house, 'pvenode startall'), apply('foundation'), apply('services'), ['npm', 'run', '--silent', 'secrets', '--', 'play', 'metal']],
      check: onHost(house, `for id in ${house.startingGuests.join(' ')}; do pct status $id | grep -q running || { echo "container $id does not run"; exit 1; }; done`),
      help: '9-everything-else',
    },
    {
      id: 'health',
      section: 9,
      title: 'Every guest is well',
      does: 'Asks every guest the health question of its definition, until all are well, for five minutes at most.',
      by: 'program',
      commands: [['node', '--import', 'tsx', join(__dirname, '..', '..', 'care', 'main.ts'), 'health', '--within', '300']],
      help: '9-everything-else',
    },
    {
      id: 'backup',
      section: 9,
      title: 'A fresh backup, read back',
      does: 'Runs the backup job and the archive of the host configuration once, and verifies every archive.',
      by: 'program',
      commands: [[join(__dirname, '..', '..', 'scripts', 'backup-tank'), '--host', house.address]],
      help: '9-everything-else',
    },
  ];
}

function storeSteps(options: StepOptions): Step[] {
  const { house } = options;
  const guest = house.stateGuest;
  const token: Step = {
    id: 'token',
    section: 7,
    title: 'New API token',
    does: 'Encrypts the secret of the API token that the new host has made, in place of the old one.',
    by: 'program',
    commands: [storeToken(options)],
    help: '7-the-object-store-and-the-token',
  };
  if (!guest) return [token];
  const start = `pct status ${guest.vmid} | grep -q running || pct start ${guest.vmid}`;
  const wait: Command = ['ansible', 'metal', '--inventory', house.inventory, '-m', 'ansible.builtin.wait_for', '-a', `host=${guest.address} port=${guest.port} timeout=180`];
  return [
    {
      id: 'store',
      section: 7,
      title: 'The object store, where the state is',
      does: `Starts container ${guest.vmid} (${guest.name}) alone and waits until it answers.`,
      by: 'program',
      commands: [onHost(house, start), wait],
      check: state('lock'),
      help: '7-the-object-store-and-the-token',
    },
    token,
  ];
}
