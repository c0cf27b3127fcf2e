import { roleNames, tasksOf } from '../helpers/role-tasks';

// YAML takes a word that ends with a colon for a key.
test.each(roleNames())('every word of a command of %s is a word', (role) => {
  const others = tasksOf(role).flatMap(({ task }) => {
    const { argv } = (task['ansible.builtin.command'] ?? {}) as { argv?: unknown };
    return Array.isArray(argv) ? argv.filter((word) => !['string', 'number'].includes(typeof word)) : [];
  });
  expect(others).toEqual([]);
});
