import { answer } from '../../common/command-line';
import { Refusal } from '../../common/refusal';
import { flag, list, listOf, value, type CommandLine } from '../../common/verb';

const line: CommandLine = {
  name: 'kitchen',
  typed: './house kitchen',
  notes: 'Exit codes: 0 done.',
  verbs: {
    bake: {
      words: 'CAKE...',
      summary: 'bakes cakes',
      options: { 'dry-run': flag('shows what would be done'), heat: value('CELSIUS', 'how hot'), with: list('SPICE', 'what goes in') },
      examples: ['bake sponge --heat 180'],
      run: (_root, typed) => {
        console.log(JSON.stringify([typed.words, listOf(typed, 'with')]));
        return 0;
      },
    },
    wash: {
      summary: 'washes up',
      run: () => {
        throw new Refusal('there is no water', 'open the tap');
      },
    },
    lock: {
      summary: 'writes',
      run: () => {
        throw Object.assign(new Error("EACCES: permission denied, open 'key'"), { code: 'EACCES' });
      },
    },
  },
};

async function type(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const printed = { out: '', error: '' };
  const out = jest.spyOn(console, 'log').mockImplementation((text: string) => void (printed.out += `${text}\n`));
  const error = jest.spyOn(console, 'error').mockImplementation((text: string) => void (printed.error += `${text}\n`));
  try {
    return { code: await answer(line, args), ...printed };
  } finally {
    out.mockRestore();
    error.mockRestore();
  }
}

test('words and options reach the verb', async () => {
  expect(await type('bake', 'sponge', '--with', 'salt', '--with', 'mace')).toEqual({ code: 0, out: '[["sponge"],["salt","mace"]]\n', error: '' });
});

test('help of the whole names every verb, help of one its options and examples', async () => {
  expect((await type('--help')).out).toMatch(/Usage: \.\/house kitchen COMMAND[^]*bake \[OPTION\]\.\.\. CAKE\.\.\.\n {6}bakes cakes[^]*wash\n/);
  const { code, out } = await type('bake', '--help');
  expect(code).toBe(0);
  expect(out).toMatch(/--heat CELSIUS +how hot\n {2}--with SPICE\.\.\. +what goes in[^]*Examples:\n {2}\.\/house kitchen bake sponge --heat 180[^]*Exit codes: 0 done\./);
});

test('help after -- belongs to another program', async () => {
  expect(await type('bake', '--', '--help')).toMatchObject({ out: '[["--help"],[]]\n' });
});

test.each([
  [['bak'], "kitchen: unknown command 'bak' (did you mean 'bake'?); see: ./house kitchen --help\n"],
  [['toString'], "kitchen: unknown command 'toString'; see: ./house kitchen --help\n"],
  [['bake', '--heatt', '9'], "kitchen: 'bake' has no option --heatt (did you mean '--heat'?); see: ./house kitchen bake --help\n"],
  [['bake', '--heat'], "kitchen: Option '--heat <value>' argument missing; see: ./house kitchen bake --help\n"],
  [['wash', 'twice'], "kitchen: 'wash' takes no word, got 'twice'; see: ./house kitchen wash --help\n"],
])('%j is wrong usage, and says what was meant', async (args, error) => {
  expect(await type(...args)).toEqual({ code: 2, out: '', error });
});

test('nothing typed is wrong usage, answered with the help', async () => {
  expect(await type()).toMatchObject({ code: 2, out: expect.stringContaining('Usage: ./house kitchen COMMAND') });
});

test('a refusal and a folder that cannot be written end with 1, in words', async () => {
  expect(await type('wash')).toEqual({ code: 1, out: '', error: 'kitchen: there is no water\n  open the tap\n' });
  expect(await type('lock')).toEqual({ code: 1, out: '', error: "kitchen: EACCES: permission denied, open 'key'\n" });
});
