import { encode, ExtData } from '@msgpack/msgpack';
import { decodeValue, encodeValue, isUnknown, Unknown, type ObjectValue } from '../../../rehearsal/protocol/value';
import { reattachVariable } from '../../../rehearsal/protocol/reattach';

test('a value comes back as it was, unknown ones included, at any depth', () => {
  const value = { text: 'a', flag: true, amount: 1.5, none: null, list: [1, Unknown.value, { inner: Unknown.value }], map: {} };
  expect(decodeValue(encodeValue(value))).toEqual(value);
});

test('an unknown value with a narrowed range, as Terraform sends it, is unknown too', () => {
  const wire = { msgpack: encode({ id: new ExtData(12, new Uint8Array([0x80])), plain: new ExtData(0, new Uint8Array([0])) }) };
  const { id, plain } = decodeValue(wire) as ObjectValue;
  expect([isUnknown(id), isUnknown(plain)]).toEqual([true, true]);
});

test('stored state is JSON, and an absent value is null', () => {
  expect(decodeValue({ json: Buffer.from('{"id":"102"}') })).toEqual({ id: '102' });
  expect([decodeValue(null), decodeValue({})]).toEqual([null, null]);
});

test('each tool finds the providers under its own default host', () => {
  const ports = new Map([['bpg/proxmox', 4711]]);
  expect(JSON.parse(reattachVariable('terraform', ports))).toEqual({
    'registry.terraform.io/bpg/proxmox': {
      Protocol: 'grpc',
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true,
      Addr: { Network: 'tcp', String: '127.0.0.1:4711' },
    },
  });
  expect(Object.keys(JSON.parse(reattachVariable('tofu', ports)))).toEqual(['registry.opentofu.org/bpg/proxmox']);
});
