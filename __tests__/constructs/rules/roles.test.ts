import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkHomelab, type HomelabProps, type Problem } from '../../../constructs';
import { Roles, scanOptions } from '../../../constructs/service/role-options';
import { homelab } from '../../../homelab';
import { withService } from '../../helpers/alter';
import { optionsOf } from '../../helpers/argument-spec';
import { root } from '../../helpers/run-synth';

const roles = join(root, 'ansible/roles');
const ofRoles = (lab: HomelabProps, folder = roles): Problem[] => checkHomelab(lab, new Roles(folder));
const setting = (name: string, value: string): HomelabProps =>
  withService('grafana', { settings: { ...homelab.services.find((service) => service.name === 'grafana')!.settings, [name]: value } }, homelab);

test('the owner’s house fits its roles', () => {
  expect(ofRoles(homelab)).toEqual([]);
});

test.each(readdirSync(roles))('the role %s is read as a YAML parser reads it', (role) => {
  const options = Object.entries(optionsOf(role)).map(([name, { required }]) => [name, { required: required === true }]);
  expect([...scanOptions(readFileSync(join(roles, role, 'meta/argument_specs.yml'), 'utf8'))]).toEqual(options);
});

test('a role that is not there is refused, with the one that was probably meant', () => {
  expect(ofRoles(withService('grafana', { role: 'graphana' }, homelab))).toEqual([
    expect.objectContaining({ path: 'services/grafana', got: "'graphana'", remedy: expect.stringMatching(/ansible\/roles\/graphana\/.*did you mean 'grafana'\?$/) }),
  ]);
});

test('a misspelled setting is refused, with the option that was probably meant', () => {
  expect(ofRoles(setting('log_levle', 'warn'))).toEqual([
    expect.objectContaining({ path: 'services/grafana', rule: "a setting is an option of the role 'grafana'", got: "'log_levle'" }),
  ]);
});

describe('a role of one’s own', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'roles-'));
    mkdirSync(join(folder, 'miniflux/meta'), { recursive: true });
    const options = ['miniflux_feeds_dir', 'miniflux_feeds_require_mount', 'miniflux_cache_address', 'miniflux_mail_relay_login', 'miniflux_zone'];
    const entry = (name: string): string => `      ${name}:\n        description: required is said below.\n        type: str\n        required: ${name !== 'miniflux_zone'}\n`;
    writeFileSync(join(folder, 'miniflux/meta/argument_specs.yml'), `---\nargument_specs:\n  main:\n    options:\n${options.map(entry).join('')}  other:\n    options:\n      miniflux_elsewhere:\n        required: true\n`);
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const onlyMiniflux = (patch = {}): Problem[] => {
    const { services, ...rest } = withService('miniflux', { needs: [], ...patch });
    return ofRoles({ ...rest, services }, folder).filter(({ path }) => path === 'services/miniflux');
  };

  test('is given what it requires by settings and by volumes, and other entry points do not count', () => {
    expect(onlyMiniflux()).toEqual([]);
  });

  test('wants every option it requires', () => {
    expect(onlyMiniflux({ settings: { cache_address: 'x' } })).toEqual([
      { path: 'services/miniflux', rule: "the role 'miniflux' is given every option it requires", got: "no 'mail_relay_login'", remedy: "add 'mail_relay_login' to 'settings'" },
    ]);
  });

  test('is told of an option under another spelling, once as unknown and once as missing', () => {
    const problems = onlyMiniflux({ settings: { cache_adress: 'x', mail_relay_login: 'y' } });
    expect(problems.map(({ got, remedy }) => [got, remedy])).toEqual([
      ["'cache_adress'", "did you mean 'cache_address'?"],
      ["no 'cache_address'", "add 'cache_address' to 'settings'"],
    ]);
  });
});
