import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root as ROOT } from '../helpers/run-synth';

const ROLE = join(ROOT, 'ansible/roles/nvidia-passthrough');

/** Command lines of the rendered unit, in their order. */
function commands(): readonly (readonly string[])[] {
  const program = `
import sys, jinja2, yaml
defaults = yaml.safe_load(open(sys.argv[1] + '/defaults/main.yml'))
print(jinja2.Environment(trim_blocks=True).from_string(open(sys.argv[1] + '/templates/nvidia-device-nodes.service.j2').read()).render(ansible_managed='test', **defaults))`;
  const unit = execFileSync(join(ROOT, '.tools/python/bin/python'), ['-c', program, ROLE], { encoding: 'utf8' });
  return [...unit.matchAll(/^ExecStart=(.*)$/gm)].map(([, line]) => line!.split(' '));
}

/** What one call of nvidia-modprobe makes, by its source: with -u each -c is a minor number of the uvm device, without it one of the card. */
function made([, ...words]: readonly string[]): readonly string[] {
  const minors = words.flatMap((word, index) => (word === '-c' ? [Number(words[index + 1])] : []));
  if (words.includes('-u')) return minors.flatMap((minor) => (minor === 0 ? ['/dev/nvidia-uvm', '/dev/nvidia-uvm-tools'] : []));
  return minors.map((minor) => (minor === 255 ? '/dev/nvidiactl' : `/dev/nvidia${minor}`));
}

test('the unit of NVIDIA’s device nodes makes every device before it looks for it', () => {
  const there = new Set<string>();
  const looked: string[] = [];
  for (const command of commands()) {
    if (command[0] === '/usr/bin/nvidia-modprobe') made(command).forEach((device) => there.add(device));
    else {
      expect(command.slice(0, 2)).toEqual(['/usr/bin/test', '-c']);
      expect([...there]).toContain(command[2]);
      looked.push(command[2]!);
    }
  }
  expect(looked).toEqual(['/dev/nvidia0', '/dev/nvidiactl', '/dev/nvidia-uvm', '/dev/nvidia-uvm-tools']);
});
