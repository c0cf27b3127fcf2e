import { renderDns } from '../../../constructs/render/dns';

const files = new Map(renderDns({ house: 'attic', names: { 'loft.attic.internal': '10.61.4.5', 'valkey.attic.internal': '10.61.5.22' } }).map(({ path, content }) => [path, content]));

test('the records of the house come in the form of /etc/hosts, of dnsmasq and of RouterOS', () => {
  expect(files.get('dns/hosts')).toContain('\n10.61.5.22 valkey.attic.internal valkey\n');
  expect(files.get('dns/dnsmasq.conf')).toContain('\nhost-record=loft.attic.internal,10.61.4.5\n');
  expect(files.get('dns/routeros.rsc')).toContain('\nadd name=valkey.attic.internal address=10.61.5.22 comment="homelab attic"\n');
});

test('on RouterOS a later file replaces the records of this house and no others', () => {
  expect(files.get('dns/routeros.rsc')).toContain('\nremove [find comment="homelab attic"]\n');
});
