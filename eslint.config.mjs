import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

/** Folders and the folders that they must not know. Imports run in one direction. */
const mayNotImport = {
  'homelab/**/*.ts': ['**/.gen/**', '**/constructs/*', '**/rehearsal/**', '**/secrets/**', '**/state/**', '**/tools/**'],
  'homelab/platform/**/*.ts': ['**/apps/**'],
  'constructs/core/**/*.ts': ['../*', '**/.gen/**'],
  'constructs/proxmox/**/*.ts': ['**/service/service', '**/template/template', '**/host/**', '**/storage/**', '**/rules/**', '**/render/**', '**/homelab*'],
  'constructs/{host,storage,template,service}/**/*.ts': ['**/.gen/**', '**/render/**', '**/rules/**', '**/output/**', '../homelab'],
  'constructs/watch/**/*.ts': ['**/.gen/**', '**/proxmox/**', '**/rules/**', '**/render/**', '**/output/**', '**/host/**', '**/storage/**', '**/template/**', '../homelab*'],
  'constructs/rules/**/*.ts': ['**/.gen/**', '**/proxmox/**', '**/render/**', '**/output/**', '../homelab'],
  'constructs/render/**/*.ts': ['**/.gen/**', '**/proxmox/**', '**/rules/**', '**/output/**', '**/host/**', '**/storage/**', '**/template/**', '**/service/**', '../homelab'],
  'constructs/output/**/*.ts': ['**/.gen/**', '**/core/**', '**/proxmox/**', '**/rules/**', '../homelab'],
  'common/**/*.ts': ['**/constructs/**', '**/homelab/**', '**/.gen/**', '**/review/**', '**/rehearsal/**', '**/secrets/**', '**/state/**', '**/recovery/**'],
  'review/**/*.ts': ['**/constructs/**', '**/homelab/**', '**/.gen/**', '**/rehearsal/**', '**/secrets/**', '**/state/**', '**/recovery/**'],
  'pull-request/**/*.ts': ['**/constructs/**', '**/homelab/**', '**/.gen/**', '**/secrets/**', '**/state/**', '**/recovery/**'],
  // The one file that looks at the real house.
  'pull-request/real.ts': ['**/constructs/**', '**/homelab/**', '**/.gen/**', '**/rehearsal/**', '**/secrets/**', '**/recovery/**'],
  'rehearsal/**/*.ts': ['**/constructs/**', '**/homelab/**', '**/.gen/**', '**/secrets/**', '**/state/**', '**/recovery/**'],
  'secrets/**/*.ts': ['**/constructs/**', '**/homelab/**', '**/.gen/**', '**/rehearsal/**', '**/review/**', '**/state/**', '**/recovery/**'],
  'state/**/*.ts': ['**/constructs/**', '**/homelab/**', '**/.gen/**', '**/rehearsal/**', '**/recovery/**'],
  'adopt/**/*.ts': ['**/constructs/*/**', '**/.gen/**', '**/rehearsal/**', '**/state/**', '**/secrets/**', '**/recovery/**'],
  'care/**/*.ts': ['**/constructs/**', '**/homelab/**', '**/.gen/**', '**/rehearsal/**', '**/recovery/**'],
  'recovery/**/*.ts': ['**/constructs/**', '**/homelab/**', '**/.gen/**', '**/rehearsal/**'],
};

export default tseslint.config(
  { ignores: ['node_modules/', 'cdktf.out', '.cdktf.out.*', '.gen/', '.cache/', '.tools/', '.state/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,mjs,cjs}'],
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'off',
      eqeqeq: 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['adopt/**/*.ts', 'care/**/*.ts', 'common/**/*.ts', 'constructs/**/*.ts', 'door/**/*.ts', 'pull-request/**/*.ts', 'review/**/*.ts', 'recovery/**/*.ts', 'rehearsal/**/*.ts', 'secrets/**/*.ts', 'state/**/*.ts', 'tools/**/*.ts'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        { publicOnly: true, require: { ClassDeclaration: true, FunctionDeclaration: true, MethodDefinition: false }, contexts: ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration'] },
      ],
      'jsdoc/no-blank-blocks': 'error',
    },
  },
  { files: ['**/*.cjs', 'ansible/**/*.js'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  { files: ['__tests__/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  ...Object.entries(mayNotImport).map(([folder, group]) => ({
    files: [folder],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message: 'Imports run in one direction; see docs/architecture.md.' }] }] },
  })),
);
