import { disposable, filesAlone, keeps, runSynth, type HomelabProps, type ServiceProps } from '../../constructs';
import { homelab } from '../../homelab';

const count = Number(process.env['BENCH_SERVICES']);

/** The n-th service of a large house: every fourth has no data of its own, every third needs the one before. */
function service(index: number): ServiceProps {
  const name = `service-${index}`;
  const host = index + 1000;
  return {
    name,
    vmId: 2000 + index,
    purpose: `Service ${index}`,
    tier: index % 2 === 0 ? 'platform' : 'app',
    address: `10.64.${Math.floor(host / 250)}.${(host % 250) + 1}`,
    cores: 1,
    memoryMiB: 512,
    diskGiB: 4,
    ports: [{ port: 8080, use: 'API' }],
    health: { kind: 'http', port: 8080, path: '/health' },
    ...(index % 4 === 0 ? { data: disposable('a benchmark') } : { data: keeps({ name: 'data', path: '/var/lib/data', quotaGiB: 1 }), saves: filesAlone('a benchmark') }),
    needs: index % 3 === 0 && index > 0 && index % 2 === 1 ? [`service-${index - 1}`] : [],
    role: 'trilium',
    settings: { version: '1.0.0', sha256: 'b'.repeat(64), port: 8080 },
  };
}

const store = homelab.services.find(({ name }) => name === homelab.state.service)!;
const large: HomelabProps = {
  ...homelab,
  name: 'large',
  host: {
    ...homelab.host,
    cores: 16 * count,
    memoryMiB: 1024 * (count + 64),
    bridge: { ...homelab.host.bridge, address: '10.64.0.10/16', gateway: '10.64.0.1' },
  },
  storage: { ...homelab.storage, pool: { ...homelab.storage.pool, usableGiB: 16 * (count + 64), arcMaxMiB: 64 * (count + 64) } },
  services: [{ ...store, address: '10.64.0.20' }, ...Array.from({ length: count - 1 }, (_, index) => service(index))],
};

process.exitCode = runSynth(large, [], process.env);
