import type { ResourceChange } from '../../review/plan-json';
import { change, CONTAINER, judged, machine, n8n, rules, update, VM } from './plans';

describe('no more guests are restarted than announced', () => {
  const more = update({ memory: [{ dedicated: 1024, swap: 256 }] });
  const other = change(['update'], { ...n8n, vm_id: 103 }, { ...n8n, vm_id: 103, memory: [{ dedicated: 1024, swap: 256 }] }, { name: 'other' });
  const guests = [{ vmid: 102, type: 'lxc', name: 'n8n' }, { vmid: 103, type: 'lxc', name: 'n8n' }];

  test('one is refused when none was announced, and its cause is told', () => {
    const verdict = judged([more]);
    expect(verdict.objections).toMatchObject([{ rule: 'restarts-guest', severity: 'outage' }]);
    expect(verdict.objections[0].problem).toContain('because of memory; 1 would be restarted, 0 announced');
    expect(verdict.objections[0].remedy).toContain('--reboots 1');
    expect(verdict.restarts).toEqual([{ address: `${CONTAINER}.n8n`, vmid: 102, guest: 'n8n', causes: ['memory'] }]);
  });

  test('as many as announced pass, one more refuses all of them', () => {
    expect(rules(judged([more], { restarts: 1 }))).toEqual([]);
    expect(rules(judged([more, other], { restarts: 1, guests }))).toEqual(['restarts-guest', 'restarts-guest']);
    expect(rules(judged([more, other], { restarts: 2, guests }))).toEqual([]);
  });

  test('one that is allowed by name is not counted', () => {
    const verdict = judged([more, other], { restarts: 1, guests, allow: ['restarts-guest:103'] });
    expect(verdict.objections).toEqual([]);
    expect(verdict.allowed.map(({ vmid }) => vmid)).toEqual([103, 102]);
    expect(judged([more, other], { guests, allow: ['restarts-guest:103'] }).objections[0].problem).toContain('1 would be restarted, 0 announced');
  });

  test('a guest that is stopped, or stays so, restarts nobody', () => {
    const stopped = change(['update'], { ...n8n, started: false }, { ...n8n, started: false, memory: [] });
    expect(judged([stopped]).restarts).toEqual([]);
  });

  test.each(['console', 'environment_variables', 'idmap', 'device_passthrough', 'mount_point', 'network_interface', 'memory'])('%s of a container restarts it', (block) => {
    expect(judged([update({ [block]: [...((n8n as Record<string, unknown>)[block] as [] | undefined ?? []), { name: 'new', path: '/new', x: 1 }] })]).restarts).toMatchObject([{ causes: [block] }]);
  });

  test.each(['dns', 'entrypoint', 'hostname', 'ip_config'])('initialization.%s of a container restarts it', (key) => {
    const initialization = [{ ...n8n.initialization[0], [key]: [...n8n.initialization[0].ip_config, { ipv4: [{ address: 'dhcp' }] }] }];
    expect(judged([update({ initialization })]).restarts).toMatchObject([{ causes: [`initialization.${key}`] }]);
  });

  test.each(['cpu', 'description', 'tags', 'startup', 'features', 'start_on_boot'])('%s of a container does not', (block) => {
    expect(judged([update({ [block]: [{ cores: 9 }] })]).restarts).toEqual([]);
  });

  test.each(`acpi agent amd_sev audio_device bios boot_order cpu efi_disk hostpci initialization keyboard_layout kvm_arguments machine memory
    numa operating_system rng scsi_hardware serial_device tablet_device tpm_state usb vga virtiofs watchdog`.split(/\s+/))('%s of a machine restarts it', (block) => {
    const planned = change(['update'], machine, { ...machine, [block]: [{ new: 1 }] }, { type: VM });
    expect(judged([planned]).restarts).toMatchObject([{ vmid: 300, causes: [block] }]);
    const patient = change(['update'], machine, { ...machine, [block]: [{ new: 1 }], reboot_after_update: false }, { type: VM });
    expect(judged([patient]).restarts).toEqual([]);
  });
});

const texts = (changes: readonly ResourceChange[], told: Parameters<typeof judged>[1] = {}): string[] => judged(changes, { restarts: 9, ...told }).notes.map(({ rule, problem }) => `${rule}: ${problem}`);

describe('what has to be known before one says yes is told', () => {
  test('less memory, fewer cores', () => {
    expect(texts([update({ memory: [{ dedicated: 256 }], cpu: [{ cores: 1 }] })])).toEqual([
      'lowers-guest: the container 102 (n8n) gets less: 512 -> 256 MiB of memory',
      'lowers-guest: the container 102 (n8n) gets less: 256 -> nothing MiB of swap',
      'lowers-guest: the container 102 (n8n) gets less: 2 -> 1 cores',
    ]);
    expect(texts([update({ memory: [{ dedicated: 1024, swap: 256 }], cpu: [{ cores: 4 }] })])).toEqual([]);
  });

  test('what was changed past Terraform and would be undone, and only that', () => {
    const found = { ...n8n, memory: [{ dedicated: 4096, swap: 256 }], description: 'by hand' };
    const plan = { resource_drift: [change(['update'], n8n, found)] };
    expect(texts([change(['update'], found, { ...found, memory: n8n.memory })], { plan })).toEqual([
      'lowers-guest: the container 102 (n8n) gets less: 4096 -> 512 MiB of memory',
      'undoes-drift: this undoes what was changed past Terraform: memory[0].dedicated 4096 -> 512',
    ]);
  });

  test('a guest that was removed past Terraform and is made anew', () => {
    const gone = { ...change(['delete'], n8n, null) };
    expect(texts([change(['create'], null, n8n)], { plan: { resource_drift: [gone] }, guests: [] })).toEqual([expect.stringContaining('makes-again: the guest was removed past Terraform')]);
  });

  test('a resource that Terraform would no longer know', () => {
    expect(texts([change(['forget'], {}, null, { type: 'null_resource' })])).toEqual(['forgets-resource: it stays, and Terraform no longer knows it']);
  });
});

describe('programs run on what changed, and that is told', () => {
  const program = (before: object, after: object, reason?: string, unknown?: unknown): ResourceChange =>
    change(['delete', 'create'], { ...before }, { ...after }, { type: 'null_resource', reason, unknown });
  const same = { triggers: { definition: 'a' } };

  test.each<[string, ResourceChange[], string]>([
    ['a new one', [change(['create'], null, same, { type: 'null_resource' })], 'it has not run yet'],
    ['another definition', [program(same, { triggers: { definition: 'b' } })], 'its definition changed'],
    ['a definition that is only known after apply', [program(same, {}, undefined, { triggers: true })], 'its definition changed'],
    ['one that failed', [program(same, same, 'replace_because_tainted')], 'it failed the last time'],
    ['one that is asked for', [program(same, same, 'replace_by_request')], '-replace names it'],
    ['one whose guest changes', [update({ description: 'new' }), program(same, same, 'replace_by_triggers')], `${CONTAINER}.n8n changes`],
  ])('%s', (_what, changes, text) => {
    expect(texts(changes)).toEqual([`tells-program: its program runs: ${text}`]);
    expect(rules(judged(changes))).toEqual([]);
  });

  test.each(['replace_by_triggers', 'replace_because_cannot_update', undefined])('one that would run on what did not change is refused (%s)', (reason) => {
    for (const beside of [[], [change(['no-op'], n8n, n8n)], [update({ description: 'new' }, { name: 'other' })]]) {
      expect(rules(judged([...beside, program(same, same, reason)]))).toEqual(['runs-program']);
    }
  });

  test('terraform_data is one, by its own names of the same things', () => {
    const data = (before: object, after: object): ResourceChange => change(['delete', 'create'], { ...before }, { ...after }, { type: 'terraform_data' });
    expect(rules(judged([data({ triggers_replace: 'a' }, { triggers_replace: 'a' })]))).toEqual(['runs-program']);
    expect(rules(judged([data({ triggers_replace: 'a' }, { triggers_replace: 'b' }), data({ input: 'a' }, { input: 'b' })]))).toEqual([]);
  });
});

describe('a permission is for one rule and one resource', () => {
  const worst = change(['delete', 'create'], n8n, { ...n8n, vm_id: 300, protection: false });

  test('G23: one for a restart is none for a destroy', () => {
    for (const allow of ['restarts-guest:102', `restarts-guest:${CONTAINER}.n8n`]) {
      const verdict = judged([change(['delete'], n8n, null)], { allow: [allow] });
      expect(rules(verdict)).toEqual(['destroys-guest']);
      expect(verdict.unused).toHaveLength(1);
    }
  });

  test('every other rule of the same guest still stands', () => {
    const verdict = judged([worst], { allow: ['replaces-guest:102'] });
    expect(rules(verdict)).toEqual(['adopts-guest', 'unprotects-guest']);
    expect(verdict.allowed.map(({ rule }) => rule)).toEqual(['replaces-guest']);
  });

  test('every other guest still stands', () => {
    const other = change(['delete'], { ...n8n, vm_id: 103 }, null, { name: 'other' });
    expect(rules(judged([change(['delete'], n8n, null), other], { allow: ['destroys-guest:102'], guests: [] }))).toEqual(['destroys-guest']);
  });

  test('one that nothing needs is told', () => {
    expect(judged([], { allow: ['destroys-guest:999'] }).unused).toEqual([{ rule: 'destroys-guest', subject: '999' }]);
  });

  test('all that is wrong with them is told at once, with the rules there are', () => {
    const read = (): unknown => judged([], { allow: [`${CONTAINER}.n8n`, 'destroys-guests:102', 'undoes-drift:102', 'doubles-vmid:102', 'destroys-guest:'] });
    for (const text of ["'destroys-guest:' is not RULE:", `'${CONTAINER}.n8n' is not RULE:`, "no rule 'destroys-guests'", 'it is only told', 'give each guest a VMID', 'rules that can be allowed: changes-backup, changes-bridge']) {
      expect(read).toThrow(text);
    }
  });
});
