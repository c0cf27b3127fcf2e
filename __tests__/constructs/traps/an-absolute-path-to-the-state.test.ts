import { homedir, tmpdir } from 'node:os';
import { emit } from '../../helpers/emitted';
import { smallHouse } from '../../helpers/small-house';

describe('a state without a path is kept at an absolute one, of this machine', () => {
  const local = emit(smallHouse, { state: 'local' });

  test.each(['foundation', 'services'] as const)('the local state of %s lies in the project, beside the output', (name) => {
    expect(local.stack(name).terraform.backend).toEqual({ local: { path: `../../../.state/${name}.tfstate` } });
  });

  test('each stack has one of its own', () => {
    const keys = emit(smallHouse).stacks.map((stack) => stack.terraform.backend.s3.key);
    expect(keys).toEqual(['foundation.tfstate', 'services.tfstate']);
  });

  test.each(['local', 's3'] as const)('no file of the output names a folder of this machine, with a %s state', (state) => {
    const text = [...emit(smallHouse, { state }).files.values()].join('\n');
    // Debian's installer sees root's home of the new system below /target.
    for (const folder of [process.cwd(), tmpdir(), homedir()]) expect(text.replaceAll('/target/root/', '')).not.toContain(`${folder}/`);
  });
});
