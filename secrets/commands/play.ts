import { runPlaybook } from '../playbook';
import { Refusal } from '../../common/refusal';
import { refuseExample } from '../store';
import type { Command } from './command';

/** `play`: Ansible on the real machines. */
export const play: Command = {
  words: 'PLAYBOOK [-- ANSIBLE_ARGUMENTS...]',
  summary: 'runs an emitted playbook with secrets: metal, platform, apps, or guests/NAME',
  run({ store }, [name, ...args]) {
    if (!name) throw new Refusal('name a playbook of cdktf.out/ansible/playbooks, e.g.: ./house secrets play guests/minio');
    refuseExample(store);
    return runPlaybook(store, name, args);
  },
};
