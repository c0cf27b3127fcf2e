import fc from 'fast-check';

/** One line each, with what the formats down the line read as structure. */
const known = [
  `it's`, `say "hello"`, `'; drop table guests; --`, `"""`, `'''`, `"], evil = ["`, `\\`, `ends in \\`, `\\" \\' \\n \\x41`,
  '${file("/etc/hostname")}', '$${x}', '%{ if true }x%{ endif }', '%%{x}', '$(id)', '`id`', '$HOME ${HOME}', '$__file{/etc/hostname}',
  '{{ 1 + 1 }}', '{% raw %}', '{# gone #}', '{ { x } }', '}}', '%n %H %i 100%', '%(name)s', '; comment', 'x # comment', '# comment',
  'key: value', '- item', '? key', '[section]', '{a: 1}', '&anchor', '*alias', '!tag', '!!python/object', '|', '>', '@x', '---', '...', 'a = b', 'yes', 'null', '12:30', '0x1F', '1e3', '~', '.inf',
  '<script>alert(1)</script>', '</text><script/>', '&amp; &lt; &#x41;', ']]>', '<!-- x -->', '<?xml?>', '| cell | cell', '[a](javascript:x)', '![a](b)', '# heading', '1. one', '**b** _i_ ~~s~~', 'http://x.example/<b>', '\\| \\[', '```', '=====', '+ plus',
  'a,b;c d', 'interface=eth0', 'd-i x/y string z', 'x string y', '--flag=1', '-rf /', '/dev/null', '../../etc', 'a/../b', '~root', '*', '?', 'ünïcödé 漢字 🏠', 'e\u0301 e\u0308',
  'x\ny: z', 'x\r\ny', 'x\u0000y', 'x\ty', 'x\u2028y', '\u202Egnihtyna', 'a\u200Bb', ' leading', 'trailing ', '', 'x'.repeat(300), 'x'.repeat(3000),
];

const marks = [...`'"\\\`$%{}[]()<>&|;:#!?*=@~,.-+/ `, '${', '%{', '{{', '}}', '{%', '$$', '%%', '\\\\', '--', '<!--', '-->', ']]>', ' #', ': ', 'a', 'Z', '0', 'é', '漢', '🏠', '\n', '\u202E'];
const mixed = fc.array(fc.constantFrom(...marks), { minLength: 1, maxLength: 9 }).map((parts) => parts.join(''));

/** The same on every machine. */
export const SEED = 20261127;

/** Hostile texts: known tricks of each format, and mixtures of their marks by a fixed seed. */
export const hostileTexts: readonly string[] = [...known, ...fc.sample(mixed, { seed: SEED, numRuns: 30 })];
