import { explainFailure } from '../../state/failure';

test('a lock that is let go before its holder can be read is no puzzle', () => {
  const output = [
    'Error: Error acquiring the state lock',
    'Error message: operation error S3: PutObject, https response error',
    'StatusCode: 412, RequestID: 1, HostID: , api error',
    'PreconditionFailed: At least one of the pre-conditions you specified did not',
    'hold',
    "unable to retrieve file from S3 bucket 'terraform-state' with key",
    "'foundation.tfstate.tflock': StatusCode: 404, NoSuchKey:",
  ].join('\n');
  expect(explainFailure('foundation', output)).toMatch(/another run held the state of 'foundation' and let go of it just now; nothing was run, run it again/);
});

test.each([
  ['S3 bucket "terraform-state" does not exist', "the state's bucket is not there; see docs/state/missing-bucket.md"],
  ['api error NoSuchBucket: gone', "the state's bucket is not there; see docs/state/missing-bucket.md"],
  ['api error AccessDenied: Access Denied.', "Terraform's key does not reach the state: the bucket is not there, or the key is not allowed to; see docs/state/missing-bucket.md"],
  ...['SignatureDoesNotMatch', 'InvalidAccessKeyId', 'No valid credential sources found'].map((words) => [words, "Terraform's key for the state is wrong; see docs/state/wrong-key.md"]),
  ...['tls: certificate signed by unknown authority', 'x509: certificate has expired'].map((words) => [words, "the object store's certificate is not of this house; see docs/state/wrong-certificate.md"]),
  ...['connection refused', 'no route to host', 'i/o timeout', 'context deadline exceeded', 'connection reset by peer', 'unexpected EOF'].map((words) => [words, 'the object store does not answer; see docs/state/server-down.md']),
  ['Error: Saved plan is stale', "another run has changed the state of 'services' since this plan was made; nothing was applied, run it again to see what is left"],
  ...['save', 'persist'].map((verb) => [
    `Error: Failed to ${verb} state\n\nconnection refused\nwritten to "errored.tfstate"`,
    "the state of 'services' could not be saved and is kept as errored.tfstate: do not apply again before it is pushed. See docs/state/server-died.md, then type:\n  ./house state push-errored services",
  ]),
])('%s: %s', (output, means) => expect(explainFailure('services', output)).toBe(means));

test.each(['Error: Invalid reference', '', 'Error: Failed to save state', 'errored.tfstate is there', 'Error: Error acquiring the state lock', 'PreconditionFailed'])("for %j Terraform's own words are enough", (output) => {
  expect(explainFailure('services', output)).toBeUndefined();
});

test("Proxmox VE's certificate and the object store's are told apart, and a provider's checksum from both", () => {
  const x509 = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
  expect(explainFailure('services', `Error: Get "https://192.168.88.10:8006/api2/json/version": ${x509}`)).toContain('docs/state/host-certificate.md');
  expect(explainFailure('services', `Get "https://192.168.88.228:9000/terraform-state/services.tfstate": ${x509}`)).toContain('docs/state/wrong-certificate.md');
  expect(explainFailure('services', 'Error: Provider dependency changes detected')).toContain('docs/state/providers.md');
});
