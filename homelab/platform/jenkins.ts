import { dumpBy, keeps, randomSecret, urlOf, type ServiceProps } from '../../constructs';

export const jenkins: ServiceProps = {
  name: 'jenkins',
  vmId: 115,
  purpose: 'CI/CD automation',
  tier: 'platform',
  address: '192.168.88.222',
  cores: 2,
  memoryMiB: 2048,
  diskGiB: 16,
  ports: [
    { port: 8080, use: 'UI, API' },
    { port: 50000, use: 'inbound agents' },
  ],
  health: { kind: 'http', port: 8080, path: '/login' },
  data: keeps({ name: 'data', path: '/var/lib/jenkins', quotaGiB: 40 }),
  saves: dumpBy('jenkins'),
  needs: ['gitea'],
  tags: ['devops'],
  settings: {
    version: '2.568.3',
    agent_port: 50000,
    url: urlOf('jenkins'),
    admin_password: randomSecret('jenkins_admin_password'),
  },
};
