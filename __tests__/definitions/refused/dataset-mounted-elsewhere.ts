import { withStorage } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: withStorage({ datasets: smallHouse.storage.datasets.map((dataset) => (dataset.name === 'volumes' ? { ...dataset, mountpoint: '/srv' } : dataset)) }),
  path: 'foundation/storage',
  rule: /dataset 'volumes' is mounted at \/barn\/volumes/,
  got: /\/srv/,
});
