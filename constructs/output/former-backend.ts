import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Stack {
  readonly terraform?: { readonly backend?: { readonly s3?: { readonly bucket?: string; readonly endpoints?: { readonly s3?: string } } } };
}

/** Where the stacks of an output keep their state; undefined without an output, or when it keeps it elsewhere. */
export function backendOf(outdir: string): { readonly endpoint: string; readonly bucket: string } | undefined {
  const path = join(outdir, 'stacks', 'foundation', 'cdk.tf.json');
  if (!existsSync(path)) return undefined;
  const { bucket, endpoints } = parse(readFileSync(path, 'utf8'))?.terraform?.backend?.s3 ?? {};
  return bucket !== undefined && endpoints?.s3 !== undefined ? { endpoint: endpoints.s3, bucket } : undefined;
}

/** An output that somebody edited by hand says nothing. */
function parse(text: string): Stack | undefined {
  try {
    return JSON.parse(text) as Stack;
  } catch {
    return undefined;
  }
}
