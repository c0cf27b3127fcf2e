import { LocalBackend, S3Backend, type S3BackendConfig, type TerraformStack } from 'cdktf';

/** Where the state of one stack is kept. */
export type StateBackendProps =
  | { readonly kind: 'local' }
  | {
      readonly kind: 's3';
      /** Address of the object store, e.g. `https://192.168.88.228:9000`. */
      readonly endpoint: string;
      readonly bucket: string;
    };

/**
 * Chooses the backend of a stack. Terraform runs in `cdktf.out/stacks/<name>`, so relative paths start three levels
 * below the project; credentials come from the environment and never stand in the output.
 */
export function keepState(stack: TerraformStack, props: StateBackendProps): void {
  const name = stack.node.id;
  if (props.kind === 'local') {
    // Without a path cdktf would write an absolute one, of this machine, into the output.
    new LocalBackend(stack, { path: `../../../.state/${name}.tfstate` });
    return;
  }
  // `use_lockfile` is younger than cdktf's types; as a property it also reaches cross-stack references.
  const config: S3BackendConfig & { readonly useLockfile: true } = {
    bucket: props.bucket,
    key: `${name}.tfstate`,
    region: 'us-east-1',
    endpoints: { s3: props.endpoint },
    usePathStyle: true,
    useLockfile: true,
    customCaBundle: '../../../.state/ca.pem',
    skipCredentialsValidation: true,
    skipRequestingAccountId: true,
    skipMetadataApiCheck: true,
    skipRegionValidation: true,
    skipS3Checksum: true,
  };
  new S3Backend(stack, config);
}
