import { readRequest } from '../../state/request';

test.each(['apply -refresh-only', 'apply saved.plan', 'apply -target=null_resource.x', 'apply -replace=x', 'apply -var=a=b', 'apply -state=other', 'apply -lock=false', 'destroy -target=x', '-chdir=../foundation apply', 'state rm x', 'state mv x y', 'state push x', 'state', 'state replace-provider a b', 'state list -state=x', 'refresh', 'taint x', 'untaint x', 'import a b', 'workspace new prod', 'console -var=a=b', 'test', 'login', 'force-unlock 1', 'init -migrate-state', 'init -reconfigure', 'init -backend=false', 'init --force-copy', 'plan -var=a=b', 'plan -state=x', 'output -state=x', 'constructor', 'unheard-of'])(
  'terraform %s is refused, with what to type',
  (line) => expect(() => readRequest(line.split(' '))).toThrow(/is not let through here.*\n {2}\S/),
);

test.each(['init', 'init -upgrade -no-color', 'providers lock -platform=linux_amd64', 'output -json', 'show -json', 'validate', 'state list', 'state show x', 'state pull', 'console', 'plan -input=false -no-color'])('terraform %s goes through as it is', (line) => {
  expect(readRequest(line.split(' '))).toEqual({ kind: 'pass', words: line.split(' '), needsVariables: /^(plan|console)/.test(line) });
});

test.each(['version -json', '-v', '--version', '-help', ''])("terraform %s is about itself", (line) => {
  expect(readRequest(line.split(' ').filter(Boolean))).toEqual({ kind: 'about' });
});

test('a change is known as one, with whether to ask: cdktf asks unless it was told not to', () => {
  expect(readRequest(['apply'])).toEqual({ kind: 'change', destroy: false, asks: true });
  expect(readRequest(['apply', '-auto-approve', '-no-color', '-parallelism=3'])).toEqual({ kind: 'change', destroy: false, asks: false });
  expect(readRequest(['destroy', '--auto-approve'])).toEqual({ kind: 'change', destroy: true, asks: false });
});

test.each([['-out', 'saved.plan'], ['-out=saved.plan'], ['--out=saved.plan']])('a plan is not saved: %s', (...words) => {
  expect(readRequest(['plan', ...words, '-no-color'])).toEqual({ kind: 'pass', words: ['plan', '-no-color'], needsVariables: true });
});
