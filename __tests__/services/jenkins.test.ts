import { Vendor } from '../../drill/vendors/vendor';
import { expectSuccess, TEST_MS } from '../drill/containers/with-containers';
import { describeGuest } from './describe-guest';
import { serviceOf, type Guest } from './guest';

const { version } = serviceOf('jenkins').settings as { version: string };
const PASSWORD = 'Value0of1jenkinsadminpassword';

/** As the vendor's package has it, but for Java's options. */
const unit = `[Unit]
Description=stand-in for Jenkins
[Service]
Type=notify
User=jenkins
Group=jenkins
Environment="JENKINS_HOME=/var/lib/jenkins" "JENKINS_PORT=8080"
ExecStart=/usr/bin/jenkins
Restart=on-failure
[Install]
WantedBy=multi-user.target
`;
const postinst = '#!/bin/sh\nset -e\nid jenkins >/dev/null\nsystemctl daemon-reload\nsystemctl enable --now jenkins || true\n';

function login(guest: Guest, password: string) {
  const browser = guest.browser();
  browser.send({ url: `${guest.url}/j_spring_security_check`, form: { j_username: 'admin', j_password: password, from: '/' } });
  return browser;
}

const statusFor = (guest: Guest, password: string): number => login(guest, password).send({ url: `${guest.url}/api/json` }).status;

describeGuest('jenkins', {
  program: 'stand-in',
  vendor: (container) => {
    const vendor = new Vendor(container);
    const plugin = (name: string, needs: string) => {
      const sha256 = vendor.zip(`plugins/${name}/1.2/${name}.hpi`, { 'META-INF/MANIFEST.MF': `Short-Name: ${name}\nPlugin-Version: 1.2\n${needs}` });
      return { name, version: '1.2', sha256 };
    };
    const { url, keyUrl, fingerprint } = vendor.aptRepository({
      name: 'jenkins',
      suite: 'binary/',
      component: '',
      packages: [{ name: 'jenkins', version, program: { file: 'jenkins-stand-in.py', path: '/usr/bin/jenkins' }, files: { '/usr/lib/systemd/system/jenkins.service': unit, '/DEBIAN/postinst': postinst } }],
    });
    return {
      jenkins_apt_url: url,
      jenkins_apt_key_url: keyUrl,
      jenkins_apt_key_fingerprint: fingerprint,
      jenkins_plugins_url: `${vendor.url}/plugins`,
      jenkins_plugins: [plugin('git', 'Plugin-Dependencies: git-client:1.0\n'), plugin('git-client', '')],
    };
  },
  note: {
    leave: (guest) => {
      const browser = login(guest, PASSWORD);
      const { crumb } = JSON.parse(browser.send({ url: `${guest.url}/crumbIssuer/api/json` }).body) as { crumb: string };
      browser.send({ url: `${guest.url}/createItem?name=kept`, text: '<project/>', headers: { 'Content-Type': 'application/xml', 'Jenkins-Crumb': crumb } });
    },
    find: (guest) => (JSON.parse(login(guest, PASSWORD).send({ url: `${guest.url}/api/json` }).body) as { jobs: { name: string }[] }).jobs[0]?.name,
  },
  tests: (container, guest) => {
    test('logs the administrator in by plain http, with a cookie that a browser sends back, and nobody else', () => {
      expect(statusFor(guest(), PASSWORD)).toBe(200);
      expect(statusFor(guest(), 'another')).toBe(403);
    });

    test('takes another password with the run that brings it, and names a plug-in whose dependency is not pinned', () => {
      const sha256 = new Vendor(container()).zip('plugins/pipeline/2.0/pipeline.hpi', { 'META-INF/MANIFEST.MF': 'Short-Name: pipeline\nPlugin-Version: 2.0\nPlugin-Dependencies: absent:1.0\n' });
      const { variables } = guest();
      guest().variables = { ...variables, jenkins_plugins: [{ name: 'pipeline', version: '2.0', sha256 }] };
      const { failed, output } = guest().convergeRole({ jenkins_admin_password: 'Another1' });
      guest().variables = variables;
      expect(failed.join()).toContain('Jenkins has not loaded pipeline');
      expect(output).not.toContain('Another1');
      expect(statusFor(guest(), 'Another1')).toBe(200);
      expect(statusFor(guest(), PASSWORD)).toBe(403);
      expectSuccess(guest().convergeRole());
    }, TEST_MS);
  },
});
