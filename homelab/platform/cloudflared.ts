import { askedSecret, disposable, tunnelIngress, type ServiceProps } from '../../constructs';

export const cloudflared: ServiceProps = {
  name: 'cloudflared',
  vmId: 100,
  purpose: 'External tunnelling and remote access',
  tier: 'platform',
  address: '192.168.88.247',
  cores: 1,
  memoryMiB: 512,
  diskGiB: 4,
  ports: [{ port: 20241, use: 'metrics, readiness' }],
  health: { kind: 'http', port: 20241, path: '/ready' },
  data: disposable('the tunnel is a token; its ingress rules follow from the definition'),
  tags: ['network'],
  exposure: { kind: 'none' },
  metrics: { port: 20241, path: '/metrics' },
  settings: {
    version: '2026.9.3',
    metrics_address: '0.0.0.0',
    ingress: tunnelIngress,
    tunnel_token: askedSecret('cloudflared_tunnel_token', 'Cloudflare Zero Trust, Networks, Tunnels', 365, 'cloudflare-tunnel-token'),
  },
  notices: ['the tunnel must be locally managed: rules kept at Cloudflare win over those of this repository'],
};
