import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { volumesOf } from '../service/data';
import { pathOf } from './path';

/** Every service says what becomes of its data, and volumes neither clash nor hide each other. */
export function checkVolumes(lab: HomelabProps): Problem[] {
  return lab.services.flatMap((service) => {
    const path = pathOf(lab, service);
    const problems: Problem[] = [];
    const report = (rule: string, got: string, remedy: string): void => void problems.push({ path, rule, got, remedy });
    const { data } = service;
    if (data.kind === 'volumes' ? data.volumes.length === 0 : data.kind !== 'disposable' || data.because.trim() === '') {
      const rule = 'a service names the volumes that keep its data, or why nothing needs to be kept';
      report(rule, JSON.stringify(data), "use keeps({ … }) with a volume, or disposable('why')");
      return problems;
    }
    const volumes = volumesOf(data);
    for (const [index, volume] of volumes.entries()) {
      if (!/^[a-z0-9][a-z0-9_-]*$/.test(volume.name)) report('a volume is named like a dataset: lower case, digits, _ and -', `'${volume.name}'`, 'rename it');
      if (!/^(\/[A-Za-z0-9._-]+)+$/.test(volume.path) || /\/\.{1,2}(\/|$)/.test(volume.path)) report("a volume's path is absolute and plain", `'${volume.path}'`, 'write it like /var/lib/postgresql');
      if (!Number.isInteger(volume.quotaGiB) || volume.quotaGiB < 1) report('a quota is whole GiB from 1 up', `${volume.quotaGiB}`, "give 'quotaGiB'");
      for (const other of volumes.slice(0, index)) {
        if (other.name === volume.name) report('volumes of a service have different names', `'${volume.name}' twice`, 'rename one');
        if (`${other.path}/`.startsWith(`${volume.path}/`) || `${volume.path}/`.startsWith(`${other.path}/`)) {
          report('volumes do not lie in each other; the later mount would hide data', `${other.path} and ${volume.path}`, 'use one volume, or paths beside each other');
        }
      }
    }
    return problems;
  });
}
