import type { AnsiblePlayProps, RoleRun } from '../core/ansible';

/** Group of all guests in the inventory. */
const guests = 'guests';
/** Guests of this run that a play before this one lost. */
const lost = 'ansible_play_hosts_all | difference(ansible_play_hosts)';

/**
 * Plays of a layer, guest after guest in the order of their needs. A failed guest does not stop the others: Ansible ends a
 * run when every machine of a play has failed, so each play names all guests and does something on one of them.
 * @param plays plays of the layer, in tree order
 */
export function layerPlays(plays: readonly AnsiblePlayProps[]): unknown[] {
  return plays.length === 0 ? [] : [...plays.map((play) => (guestOf(play) === play.hostName ? installPlay(play) : attachPlay(play))), reportPlay];
}

/** Name of the guest that a play is about; its playbook is named after it. */
function guestOf({ playbook }: AnsiblePlayProps): string {
  return playbook.slice(playbook.lastIndexOf('/') + 1);
}

/** What is done on the host for a guest: when it fails, the guest is left out and the host goes on with the next one. */
function attachPlay(play: AnsiblePlayProps): unknown {
  return {
    name: play.title,
    hosts: play.hostName,
    gather_facts: false,
    tasks: [
      {
        name: play.title,
        block: play.roles.map((run) => role(run, 'import_role')),
        rescue: [
          {
            name: 'Remember that it failed',
            'ansible.builtin.set_fact': { homelab_attach_failed: '{{ ansible_failed_task.name }}' },
            delegate_to: guestOf(play),
            delegate_facts: true,
          },
        ],
      },
    ],
  };
}

function installPlay(play: AnsiblePlayProps): unknown {
  return {
    name: play.title,
    hosts: guests,
    gather_facts: false,
    tasks: [
      {
        name: play.title,
        when: `inventory_hostname == '${play.hostName}'`,
        block: [
          {
            name: 'Stop here when the host could not attach its volumes',
            'ansible.builtin.fail': { msg: "the host's part failed at '{{ homelab_attach_failed }}'; the guest was not touched" },
            when: 'homelab_attach_failed is defined',
          },
          ...(play.needs?.length ? [stopWithout(play.needs)] : []),
          { name: 'Read its facts', 'ansible.builtin.setup': {} },
          ...play.roles.map((run) => role(run, 'include_role')),
        ],
      },
    ],
  };
}

/** Leaves a guest alone whose needs were lost. @param needs names of the guests that it needs, at least one */
function stopWithout(needs: readonly string[]): unknown {
  return {
    name: 'Stop here when a service it needs failed',
    'ansible.builtin.fail': { msg: "it needs {{ homelab_lost | join(', ') }}, which failed in this run; the guest was not touched" },
    when: 'homelab_lost | length > 0',
    vars: { homelab_needs: needs, homelab_lost: `{{ homelab_needs | intersect(${lost}) }}` },
  };
}

const reportPlay = {
  name: 'Say which guests failed',
  hosts: guests,
  gather_facts: false,
  tasks: [
    {
      name: 'Name them, and what to type',
      'ansible.builtin.debug': { msg: "{{ homelab_lost | sort | map('regex_replace', '^(.*)$', homelab_advice) | list }}" },
      run_once: true,
      when: 'homelab_lost | length > 0',
      vars: {
        homelab_lost: `{{ ${lost} }}`,
        homelab_advice: '\\1 failed; once it is corrected: ansible-playbook ../cdktf.out/ansible/playbooks/guests/\\1.yml',
      },
    },
  ],
};

/** One role of a play. An included one is passed over in one step on all other guests. */
function role(run: RoleRun, how: 'import_role' | 'include_role'): unknown {
  return {
    name: `Run the role ${run.role}${run.tasksFrom ? ` from ${run.tasksFrom}` : ''}`,
    [`ansible.builtin.${how}`]: { name: run.role, ...(run.tasksFrom ? { tasks_from: run.tasksFrom } : {}) },
    ...(run.variables ? { vars: run.variables } : {}),
  };
}
