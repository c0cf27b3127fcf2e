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
