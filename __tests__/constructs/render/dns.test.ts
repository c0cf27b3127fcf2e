import { spawnSync } from 'node:child_process';
import { renderDns } from '../../../constructs/render/dns';

const files = new Map(renderDns({ house: 'attic', names: { 'loft.attic.internal': '10.61.4.5', 'valkey.attic.internal': '10.61.5.22' } }).map(({ path, content }) => [path, content]));

test('the records of the house come in the form of /etc/hosts, of dnsmasq and of RouterOS', () => {
  expect(files.get('dns/hosts')).toContain('\n10.61.5.22 valkey.attic.internal valkey\n');
  expect(files.get('dns/dnsmasq.conf')).toContain('\nhost-record=loft.attic.internal,10.61.4.5\n');
  expect(files.get('dns/routeros.rsc')).toContain('\nadd name=valkey.attic.internal address=10.61.5.22 comment="homelab attic"\n');
});

test('dnsmasq itself reads its form', () => {
  expect(spawnSync('dnsmasq', ['--test', '--conf-file=-'], { input: files.get('dns/dnsmasq.conf'), encoding: 'utf8' }).stderr).toContain('syntax check OK');
});

test('RouterOS: every line is a comment, a menu, or a command with names and values of its script language', () => {
  const word = '[a-z-]+=(?:[A-Za-z0-9.-]+|"[^"$\\\\]*")';
  const line = new RegExp(`^(#.*|(/[a-z]+)( [a-z]+)*|remove \\[find ${word}\\]|add( ${word})+)$`);
  expect(files.get('dns/routeros.rsc')!.trimEnd().split('\n').filter((each) => !line.test(each))).toEqual([]);
});

test('on RouterOS a later file replaces the records of this house and no others', () => {
  expect(files.get('dns/routeros.rsc')).toContain('\nremove [find comment="homelab attic"]\n');
});
