import { askHealth } from '../../care/health/ask';
import type { Guest } from '../../care/manifest';

// At the owner's end of the wire: ask-health.ts GUESTS-AS-JSON
void askHealth(JSON.parse(process.argv[2]!) as readonly Guest[], { timeoutSec: 60 }).then((answers) => console.log(JSON.stringify(answers)));
