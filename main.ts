import { join } from 'node:path';
import { runSynth } from './constructs';
import { homelab } from './homelab';

process.exitCode = runSynth(homelab, process.argv.slice(2), process.env, join(__dirname, 'ansible/roles'), join(__dirname, 'ansible.sops.json'));
