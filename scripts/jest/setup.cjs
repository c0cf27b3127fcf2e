// As in scripts/synth: no call home, and no stack of unlimited depth for every library object.
process.env.CHECKPOINT_DISABLE ??= '1';
require('cdktf/lib/tokens/private/stack-trace').captureStackTrace = () => [];
