import { describeGuest } from './describe-guest';

describeGuest('prometheus', {
  program: 'real',
  tests: (container, guest) => {
    const targets = (): { scrapeUrl: string; labels: { instance: string }; health: string }[] =>
      (JSON.parse(guest().ask(`http://${guest().service.address}:9090/api/v1/targets`).slice(4)) as { data: { activeTargets: never[] } }).data.activeTargets;

    test('asks every target by its name, in the protocol that it speaks', () => {
      const urls = targets().map(({ scrapeUrl }) => scrapeUrl);
      expect(urls).toContain('https://minio.home.arpa:9000/minio/v2/metrics/cluster');
      expect(urls.filter((url) => /\d+\.\d+\.\d+\.\d+/.test(url))).toEqual([]);
      expect(targets().map(({ labels }) => labels.instance)).toContain('paperless-ngx');
    });

    test('finds the node exporter of its own machine by name', async () => {
      const query = "python3 -c 'import urllib.request as r; print(r.urlopen(\"http://127.0.0.1:9090/api/v1/query?query=up\").read().decode())'";
      const up = (): string => container().run(query).stdout;
      const seen = /"instance":"prometheus","job":"node"\},"value":\[[\d.]+,"1"\]/;
      for (let attempt = 0; attempt < 45 && !seen.test(up()); attempt++) await new Promise((resolve) => setTimeout(resolve, 1000));
      expect(up()).toMatch(seen);
    }, 60_000);
  },
});
