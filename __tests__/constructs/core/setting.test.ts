import { addressOf, askedSecret, houseNetwork, houseTimezone, randomSecret, scrapeJobs } from '../../../constructs';
import { resolveSetting, secretsIn } from '../../../constructs/core/setting';
import { factsOf } from '../../../constructs/lab-facts';
import { smallHouse } from '../../helpers/small-house';

const facts = factsOf(smallHouse);

describe('a setting', () => {
  test('is written as it stands when it is plain, however deep', () => {
    const plain = { off: false, zero: 0, empty: '', list: [1, 'two', { three: [] }] };
    expect(resolveSetting(plain, facts)).toEqual(plain);
  });

  test('finds what it asks of the house', () => {
    const asked = { peer: addressOf('valkey'), network: houseNetwork, zone: houseTimezone, made: [(): string => 'here'] };
    expect(resolveSetting(asked, facts)).toEqual({ peer: '10.61.5.22', network: '10.61.4.0/22', zone: 'Pacific/Auckland', made: ['here'] });
  });

  test('fails when it asks for a service that there is not, with the name', () => {
    expect(() => resolveSetting(addressOf('valkie'), facts)).toThrow("'valkie', which is no service of the house");
  });

  test('names its secrets, also those inside lists and made by functions', () => {
    const setting = { key: randomSecret('a_key'), more: [{ login: askedSecret('a_login', 'there') }], made: () => [randomSecret('made_key')] };
    expect(secretsIn(setting, facts).map(({ secret }) => secret)).toEqual(['a_key', 'a_login', 'made_key']);
    expect(JSON.stringify(resolveSetting(setting, facts))).toMatch(/homelab_secrets\.a_key.*homelab_secrets\.a_login.*homelab_secrets\.made_key/);
  });
});

describe('scrape jobs', () => {
  test('are one for all machines, and one for each service with metrics of its own', () => {
    expect(scrapeJobs(facts)).toEqual([
      { job: 'node', targets: ['loft', 'garage', 'valkey', 'miniflux'].map((name) => `${name}.attic.internal:9100`), scheme: 'http', metrics_path: '/metrics' },
      { job: 'miniflux', targets: ['miniflux.attic.internal:8484'], scheme: 'http', metrics_path: '/numbers' },
    ]);
  });
});
