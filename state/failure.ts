import type { StackName } from './site';

/** A failure of the state's backend: how Terraform words it, what it means, what to do. */
interface Failure {
  readonly words: RegExp;
  readonly means: string;
  readonly runbook: string;
}

const FAILURES: readonly Failure[] = [
  { words: /S3 bucket "[^"]*" does not exist|NoSuchBucket/, means: "the state's bucket is not there", runbook: 'missing-bucket' },
  { words: /AccessDenied/, means: "Terraform's key does not reach the state: the bucket is not there, or the key is not allowed to", runbook: 'missing-bucket' },
  { words: /SignatureDoesNotMatch|InvalidAccessKeyId|No valid credential sources found/, means: "Terraform's key for the state is wrong", runbook: 'wrong-key' },
  { words: /dependency lock file|Provider dependency changes detected/, means: 'a provider is not one of those whose checksums are committed', runbook: 'providers' },
  { words: /\/api2\/json[^\n]*(x509|tls):/, means: "whoever answers for Proxmox VE has no certificate of the authority that is pinned", runbook: 'host-certificate' },
  { words: /certificate signed by unknown authority|x509:/, means: "the object store's certificate is not of this house", runbook: 'wrong-certificate' },
  { words: /connection refused|no route to host|i\/o timeout|deadline exceeded|connection reset|EOF/, means: 'the object store does not answer', runbook: 'server-down' },
];

/** Terraform wrote the state it could not save beside its configuration. */
const ERRORED = /errored\.tfstate/;

/**
 * Explains why Terraform could not use the state.
 * @returns undefined for a failure of another kind, of which Terraform's own words are enough
 */
export function explainFailure(stack: StackName, output: string): string | undefined {
  if (ERRORED.test(output) && /Failed to (save|persist) state/i.test(output)) {
    return `the state of '${stack}' could not be saved and is kept as errored.tfstate: do not apply again before it is pushed. See docs/state/server-died.md, then type:\n  ./house state push-errored ${stack}`;
  }
  if (/Saved plan is stale/.test(output)) return `another run has changed the state of '${stack}' since this plan was made; nothing was applied, run it again to see what is left`;
  if (/Error acquiring the state lock/.test(output) && /PreconditionFailed/.test(output)) {
    return `another run held the state of '${stack}' and let go of it just now; nothing was run, run it again to see what is left`;
  }
  const failure = FAILURES.find(({ words }) => words.test(output));
  return failure && `${failure.means}; see docs/state/${failure.runbook}.md`;
}
