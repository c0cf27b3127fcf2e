import { odd } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

// Proxmox VE's own appliances are numbered like this as well.
export default odd({
  lab: { ...smallHouse, containerImage: { ...smallHouse.containerImage, url: 'https://images.attic.example/system/ubuntu-25.04-standard_25.04-1.1_amd64.tar.zst' } },
});
