import { houseNetwork } from '../../../constructs';
import { withHost } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withHost({
    settings: {
      pve_backup: { max_age_hours: 50 },
      'pve-init': { firewall_rules: [{ name: 'ssh', source: houseNetwork, dport: '22' }, { name: 'ssh from the office', source: '10.9.0.0/24', dport: '22' }] },
    },
  }),
  notice: /NO COPY SURVIVES THE LOSS OF POOL 'barn'/,
});
