import { shown } from '../change';
import { tells } from '../rule';
import { differences, isSame, pathText, valueAt } from '../values';

/** Values that somebody set past Terraform, and that an apply would set back. */
export const undoesDrift = tells('undoes-drift', (change) => {
  const { drift } = change;
  if (change.action !== 'update' || !drift?.before || !drift.after) return [];
  return differences(drift.before, drift.after)
    .filter((path) => !isSame(valueAt(change.before, path), valueAt(change.after, path)))
    .map((path) => `this undoes what was changed past Terraform: ${pathText(path)} ${shown(change, path)}`);
});
