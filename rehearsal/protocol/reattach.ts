/** Which of the two tools runs; each looks for a provider under its own default host. */
export type Tool = 'terraform' | 'tofu';

const DEFAULT_HOST: Readonly<Record<Tool, string>> = {
  terraform: 'registry.terraform.io',
  tofu: 'registry.opentofu.org',
};

/**
 * The value of TF_REATTACH_PROVIDERS: with it the tool connects to running providers instead of installing any.
 *
 * @param ports - Port on 127.0.0.1 by provider source, such as `bpg/proxmox`.
 */
export function reattachVariable(tool: Tool, ports: ReadonlyMap<string, number>): string {
  const entries = [...ports].map(([source, port]) => [
    `${DEFAULT_HOST[tool]}/${source}`,
    {
      Protocol: 'grpc',
      ProtocolVersion: 6,
      Pid: process.pid,
      // Tells the tool that the process is not its own to stop.
      Test: true,
      Addr: { Network: 'tcp', String: `127.0.0.1:${port}` },
    },
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}
