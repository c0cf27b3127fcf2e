import { renderCatalogue } from '../../../constructs/render/catalogue';
import { guest, labOf, labOfSize, sampleLab } from './sample-lab';

describe('the catalogue', () => {
  test('is the reviewed one', () => {
    expect(renderCatalogue(sampleLab)).toMatchSnapshot();
  });

  test('has a row and a section for every guest, and links lead from one to the other', () => {
    const catalogue = renderCatalogue(sampleLab);
    for (const { vmId, name } of sampleLab.guests) {
      expect(catalogue).toContain(`| ${vmId} | [${name}](#${vmId}-${name}) |`);
      expect(catalogue).toContain(`\n### ${vmId} ${name}\n`);
    }
  });

  test('tells address, ports, health check, data and needs of a guest', () => {
    const section = sectionOf(renderCatalogue(sampleLab), '211 jellyfin');
    expect(section).toContain('- Address: `10.20.0.212`');
    expect(section).toContain('- Ports: `8096` web interface');
    expect(section).toContain('- Health check: `GET http://10.20.0.212:8096/health`');
    expect(section).toContain('- Data: `/srv/media` on `vault/data/media`, 1200 GiB');
    expect(section).toContain('- Needs: [caddy](#203-caddy)');
    expect(section).toContain('with the GPU');
  });

  test('tells why the data of a guest is disposable', () => {
    expect(sectionOf(renderCatalogue(sampleLab), '205 valkey')).toContain('- Data is disposable: a cache');
  });

  test('repeats the notices of guests below those of the house', () => {
    const notices = renderCatalogue(sampleLab).split('\n## Notices\n')[1];
    expect(notices).toContain('- vault is a mirror of two disks');
    expect(notices).toContain('- [frigate](#215-frigate): recordings older');
    expect(renderCatalogue({ ...labOf([]), notices: [] })).toContain('\n## Notices\n\nNone.\n');
  });

  test('sets what is promised against budget and limit, and marks what is above', () => {
    expect(renderCatalogue(sampleLab)).toContain('| RAM | 24.8 GiB | 28 GiB | 31.1 GiB | 80 % | within budget |');
    expect(renderCatalogue(labOfSize(100))).toContain('| vCPU | 100 vCPU | 42 vCPU | 56 vCPU | 179 % | **Over the limit by 44 vCPU** |');
  });

  test('lets no text become Markdown or HTML', () => {
    const odd = guest({ vmId: 101, name: 'odd', purpose: '<b>*bold*</b> | `x`\n# not a heading', tier: 'app', health: 'exec `a | b`', notices: ['1. not a list'] });
    const catalogue = renderCatalogue(labOf([odd]));
    expect(catalogue).toContain('\\<b\\>\\*bold\\*\\</b\\> \\| \\`x\\` \\# not a heading');
    expect(catalogue).toContain('- Health check: `` exec `a | b` ``');
    expect(catalogue).toContain('1\\. not a list');
    expect(catalogue).not.toMatch(/^# not/m);
  });

  test('needs a service that is not in the house by its plain name', () => {
    const lone = guest({ vmId: 101, name: 'lone', purpose: 'alone', tier: 'app', needs: ['elsewhere'] });
    expect(renderCatalogue(labOf([lone]))).toContain('- Needs: elsewhere\n');
  });

  test('lists each of ten thousand guests', () => {
    const catalogue = renderCatalogue(labOfSize(10_000));
    expect(catalogue.match(/^### /gm)).toHaveLength(10_000);
  });

  test('is equal byte for byte when rendered again', () => {
    expect(renderCatalogue(sampleLab)).toBe(renderCatalogue(sampleLab));
  });
});

function sectionOf(catalogue: string, heading: string): string {
  return catalogue.split('\n### ').find((section) => section.startsWith(`${heading}\n`)) ?? '';
}
