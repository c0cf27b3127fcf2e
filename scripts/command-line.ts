import { flag, value, type CommandLine, type Described } from '../common/verb';

/** `./house synth` and `./house backup`: programs that read what was typed by themselves. */
export const scripts: CommandLine<Described> = {
  name: 'house',
  typed: './house',
  verbs: {
    synth: {
      summary: 'the main job: homelab/ becomes Terraform JSON, Ansible, catalogue and pictures in cdktf.out',
    },
    backup: {
      words: '[VMID]...',
      summary: 'backs guests up now, as the nightly job would, archives the host configuration, and reads every archive to its end',
      options: {
        host: value('ADDRESS', 'the host (default: the one in cdktf.out/ansible)'),
        job: value('NAME', 'the backup job whose storage and guests are taken (default nightly)'),
        verify: flag('backs nothing up, only verifies what there is'),
        'dry-run': flag('prints what would be run on the host, and runs nothing'),
      },
      examples: ['backup --dry-run', 'backup 103'],
    },
  },
  notes: 'Exit codes: 0 done, 1 failed (reason printed), 2 wrong usage.',
};
