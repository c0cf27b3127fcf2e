import { Vendor } from '../../drill/vendors/vendor';
import { expectSuccess, TEST_MS } from '../drill/containers/with-containers';
import { describeGuest } from './describe-guest';
import { serviceOf, type Guest } from './guest';

const { version, ollama_version: ollamaVersion } = serviceOf('openwebui').settings as { version: string; ollama_version: string };

function post(guest: Guest, path: string, body: object): string {
  return guest.run(`curl -s -o /dev/null -w '%{http_code}' -d '${JSON.stringify(body)}' ${guest.url}/api/v1/${path}`).stdout;
}

// Installed by the real uv. The build of Python that the house pins comes from no package registry: here it is Debian's own.
describeGuest('openwebui', {
  program: 'stand-in',
  variables: { openwebui: { openwebui_python_version: '3.13' } },
  vendor: (container) => {
    container.run('apt-get -qq install -y zstd');
    // The devices of a card, and the driver's program that lists it.
    container.write('/usr/bin/nvidia-smi', '#!/bin/sh\necho "GPU 0: stand-in"\n');
    container.run('chmod 0755 /usr/bin/nvidia-smi; touch /dev/nvidia0 /dev/nvidiactl /dev/nvidia-uvm');
    // As after a power cut in the middle of an installation: an environment that is not whole, and models' programs likewise.
    container.write(`/opt/open-webui-${version}/bin/python`, 'cut off');
    container.write(`/opt/ollama-${ollamaVersion}.partial/bin/ollama`, 'cut off');
    const vendor = new Vendor(container);
    const { url, sha256 } = vendor.archive('ollama-linux-amd64.tar.zst', { 'bin/ollama': 'ollama-stand-in.py' }, '.');
    const index = vendor.pythonIndex([{ name: 'open-webui', version, file: 'open-webui-stand-in.py', command: 'open-webui', requires: ['bcrypt'] }]);
    return { openwebui_ollama_download_url: url, openwebui_ollama_sha256: sha256, guest_base_pypi_url: index };
  },
  note: {
    leave: (guest) => expect(post(guest, 'notes/create', { title: 'kept' })).toBe('200'),
    find: (guest) => (JSON.parse(guest.ask(`${guest.url}/api/v1/notes/`).slice(4)) as readonly string[])[0],
  },
  tests: (container, guest) => {
    const login = (password: string): string => post(guest(), 'auths/signin', { email: 'owner@home.arpa', password });

    test('has its administrator from the start, and lets nobody sign up', () => {
      expect(login('Value0of1openwebuiadminpassword')).toBe('200');
      expect(login('another')).toBe('400');
      expect(post(guest(), 'auths/signup', { email: 'first@visitor', password: 'x' })).toBe('403');
    });

    test('reaches Ollama, which no other machine can', () => {
      expect(guest().ask(`${guest().url}/ollama/api/version`)).toContain('stand-in');
      expect(container().run('ss -Hltn').stdout).toContain('127.0.0.1:11434');
    });

    test('takes another password of the secrets', () => {
      const result = guest().converge({}, { openwebui_admin_password: 'Another1' });
      expectSuccess(result);
      expect(result.output).not.toMatch(/Another1|Value0of1openwebuiadminpassword/);
      expect(login('Another1')).toBe('200');
      expect(login('Value0of1openwebuiadminpassword')).toBe('400');
    }, TEST_MS);
  },
});
