import type { Bootstrap, Step } from './bootstrap';
import type { Journal } from './journal';

/** Runs the steps that the journal does not know, and notes each. */
export async function runSteps(bootstrap: Bootstrap, journal: Journal, all: readonly Step[]): Promise<void> {
  for (const [index, step] of all.entries()) {
    const label = `[${index + 1}/${all.length}] ${step.title}`;
    if (journal.has(step.name) && !step.always) {
      bootstrap.say(`${label}: was done before`);
      continue;
    }
    bootstrap.say(label);
    await step.run(bootstrap);
    journal.add(step.name);
    bootstrap.say(`${label}: done`);
  }
}
