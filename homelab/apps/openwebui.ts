import { dataKeySecret, keeps, originOf, randomSecret, sqliteDump, type ServiceProps } from '../../constructs';

export const openwebui: ServiceProps = {
  name: 'openwebui',
  vmId: 117,
  purpose: 'Interface for language models, with Ollama on the GPU',
  tier: 'app',
  address: '192.168.88.206',
  cores: 4,
  memoryMiB: 8192,
  diskGiB: 32,
  // Ollama listens on loopback only: it knows no users.
  ports: [{ port: 8080, use: 'UI' }],
  health: { kind: 'http', port: 8080, path: '/health', expect: '"status": true' },
  data: keeps(
    { name: 'data', path: '/var/lib/open-webui', quotaGiB: 10 },
    { name: 'models', path: '/var/lib/ollama/models', quotaGiB: 60 },
  ),
  saves: sqliteDump('open-webui', 'open-webui.service', '/var/lib/open-webui/webui.db'),
  gpu: true,
  tags: ['ai'],
  settings: {
    version: '0.12.4',
    published_before: '2026-11-20',
    uv_version: '0.13.9',
    python_version: '3.12',
    gpu: true,
    url: originOf('openwebui'),
    secret_key: dataKeySecret('openwebui_secret_key', 'docs/getting-started/data-keys.md#open-webui', 64),
    admin_email: (lab) => `owner@${lab.domain}`,
    admin_password: randomSecret('openwebui_admin_password'),
    ollama_version: '0.32.7',
    ollama_sha256: 'ed1e39fe8fea90bd7f4c723bd949a2cea3153e111220ec0a183ea5b8dc8b2cae',
  },
};
