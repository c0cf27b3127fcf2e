import { withHost, withService } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({ lab: withService('valkey', { cores: 128, memoryMiB: 16, purpose: 'x'.repeat(200) }, withHost({ cores: 64 })) });
