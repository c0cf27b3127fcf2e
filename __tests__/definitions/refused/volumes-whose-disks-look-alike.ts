import { keeps } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { houseWithMachines } from '../../helpers/house-with-machines';

const volume = (name: string) => ({ name, path: `/srv/${name}`, quotaGiB: 1 });

export default refused({
  lab: withService('forge', { data: keeps(volume('attachments-of-mails'), volume('attachments-of-mail')) }, houseWithMachines),
  path: 'services/forge',
  rule: /first 16 letters/,
  got: /'attachments-of-mail'/,
});
