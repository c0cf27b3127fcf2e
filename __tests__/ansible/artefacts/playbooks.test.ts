import { homelab } from '../../../homelab';
import { emit } from '../../helpers/emitted';

const emitted = emit(homelab);

test.each([...emitted.files.keys()].filter((path) => path.startsWith('ansible/') && !path.startsWith('ansible/inventories/')))('%s', (path) => {
  expect(emitted.text(path)).toMatchSnapshot();
});
