import { Vendor } from '../../drill/vendors/vendor';
import { describeGuest } from './describe-guest';
import { serviceOf } from './guest';

const { version } = serviceOf('cloudflared').settings as { version: string };

describeGuest('cloudflared', {
  program: 'stand-in',
  vendor: (container) => {
    const { url, keyUrl, fingerprint } = new Vendor(container).aptRepository({
      name: 'cloudflared',
      suite: 'any',
      component: 'main',
      packages: [{ name: 'cloudflared', version, program: { file: 'cloudflared-stand-in.py', path: '/usr/bin/cloudflared' }, depends: 'python3-yaml' }],
    });
    return { cloudflared_apt_url: url, cloudflared_apt_key_url: keyUrl, cloudflared_apt_key_fingerprint: fingerprint };
  },
  note: 'nothing',
  tests: (container, guest) => {
    test('answers what is not in its rules with 404, and knows no other rules than the definition’s', () => {
      const answer = guest().ask(`http://${guest().service.address}:20241/config`).slice(4);
      expect(JSON.parse(answer)).toMatchObject({ config: { ingress: [{ service: 'http_status:404' }] } });
    });

    test('does not show its token to other users of the guest', () => {
      expect(container().run('stat -c %a:%U /etc/cloudflared/token.env').stdout).toBe('600:root');
      expect(container().run(`tr '\\0' ' ' </proc/$(systemctl show --property MainPID --value cloudflared)/cmdline`).stdout).not.toContain('eyJ');
    });
  },
});
