import type { LabFacts, Plain } from '../core/setting';
import type { HomelabProps } from '../homelab-props';

/** Variables of the role pve-init: repositories, kernel pin, hardening, API user and token. */
export function pveInitVariables(_lab: HomelabProps, _facts: LabFacts): Record<string, Plain> {
  return {};
}

/** Variables of the role pve-bridge: the bridge that guests are plugged into. */
export function pveBridgeVariables(_lab: HomelabProps): Record<string, Plain> {
  return {};
}

/** Variables of the role nvidia-passthrough: driver and kernel, pinned together. */
export function nvidiaVariables(lab: HomelabProps): Record<string, Plain> {
  const { gpu, kernel } = lab.host;
  if (!gpu) return {};
  return {
    nvidia_passthrough_driver_version: gpu.driverVersion,
    nvidia_passthrough_kernel: kernel,
    nvidia_passthrough_devices: [...gpu.devices],
  };
}
