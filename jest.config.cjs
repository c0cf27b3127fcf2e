module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  cacheDirectory: '<rootDir>/.cache/jest',
  moduleFileExtensions: ['ts', 'mjs', 'cjs', 'js', 'json', 'node'],
  transform: { '^.+\\.ts$': '<rootDir>/scripts/jest/transform.cjs' },
  setupFiles: ['<rootDir>/scripts/jest/setup.cjs'],
  modulePathIgnorePatterns: ['<rootDir>/cdktf.out', '<rootDir>/\\.cdktf\\.out\\.', '<rootDir>/\\.tools', '<rootDir>/\\.cache'],
};
