// What is mutated, the tests that have to notice, and the smallest share that must be noticed. CONTRIBUTING.md says how to read it.

/** Tests of a folder that run in this process; those named after it start others, or take seconds each. */
const testsOf = (folder, ...slow) => ({ folder: `__tests__/${folder}`, slow });

// The last one puts another module in the place of one, which Jest alone can.
const review = testsOf('review', 'oracle', 'real-plans', 'size', 'unnamed-rule');

export const rooms = {
  rules: { least: 90, mutate: ['review/rules/*.ts'], tests: review },
  // Left out is document/, what people read of a review: its tests compare whole versions of a house, and look at pages in a browser.
  judge: { least: 90, mutate: ['review/*.ts'], tests: review },
  state: {
    least: 80,
    // Left out is what only starts Terraform, age, ssh or an object store, or is a verb around it: their tests run the real ones.
    mutate: [
      'state/{child,exclusive,failure,guard,host,lock,own-state,put-back,request,s3,s3-request,site,snapshot,stacks,stand-in-stack,state-guest}.ts',
      'state/bootstrap/journal.ts',
      'state/commands/same-guest.ts',
      'state/copies/{newest,place}.ts',
    ],
    tests: testsOf('state', 'adopt', 'change-engine', 'concurrency', 'copies', 'failures', 'foreign', 'forged', 'kill-loop', 'move', 'roads', 'runbooks'),
  },
  recovery: {
    least: 80,
    // Left out are programs around a terminal and the state: rebuild.test.ts and agree.test.ts play them.
    mutate: ['recovery/{ansible,house,journal,options,rebuild,run-command,step,steps,waiting-token}.ts', 'recovery/steps/*.ts'],
    tests: testsOf('recovery', 'agree', 'checks', 'docs', 'house', 'rebuild'),
  },
};

/** Tests that take seconds in files that do not, by words of their names. */
export const slowTests = ['no damage to a plan or a list ends', 'refuses with 1 what pvesh on stdin'];
