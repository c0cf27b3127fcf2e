import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { roleOf } from '../service/service-props';
import { pathOf } from './path';

interface DriverRule {
  /** Driver versions it speaks of: from (inclusive) to (exclusive). */
  readonly from: string;
  readonly to: string;
  /** First kernel the driver does not build on. */
  readonly kernelBelow: string;
}

// NVIDIA/open-gpu-kernel-modules issues 1143 (550 on 6.17), 1021 (590 on 6.19); 580.142 is the first that builds on 7.0.
const driverRules: readonly DriverRule[] = [
  { from: '0', to: '580', kernelBelow: '6.17' },
  { from: '580', to: '580.142', kernelBelow: '7.0' },
  { from: '590', to: '595', kernelBelow: '6.19' },
];

/** The host's kernel is one that its guests and its driver can live with. */
export function checkKernel(lab: HomelabProps): Problem[] {
  const { kernel, gpu } = lab.host;
  const problems: Problem[] = [];
  for (const service of lab.services) {
    const below = service.kernelBelow ?? (roleOf(service) === 'mongodb' ? mongodbKernelBelow(service.settings?.['version']) : undefined);
    if (below !== undefined && compareVersions(kernel, below) >= 0) {
      const rule = `'${service.name}' runs on host kernels below ${below}`;
      const remedy = 'pin an older kernel on the host, or another version of the service';
      problems.push({ path: pathOf(lab, service), rule, got: kernel, remedy });
    }
  }
  const driver = gpu && driverRules.find(({ from, to }) => compareVersions(gpu.driverVersion, from) >= 0 && compareVersions(gpu.driverVersion, to) < 0);
  if (gpu && driver && compareVersions(kernel, driver.kernelBelow) >= 0) {
    const rule = `NVIDIA driver ${gpu.driverVersion} builds on kernels below ${driver.kernelBelow}`;
    problems.push({ path: 'host', rule, got: kernel, remedy: 'pin driver and kernel together: another driver, or an older kernel' });
  }
  return problems;
}

/** MongoDB 8 does not start on Linux 6.19 and newer (SERVER-121912); 7.0 is not affected. */
function mongodbKernelBelow(version: unknown): string | undefined {
  return typeof version === 'string' && compareVersions(version, '8.0') >= 0 ? '6.19' : undefined;
}

/** Compares dotted versions by their numbers; what follows a dash does not count. */
export function compareVersions(left: string, right: string): number {
  const numbers = (version: string): number[] => version.split('-')[0].split('.').map(Number);
  const [a, b] = [numbers(left), numbers(right)];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
