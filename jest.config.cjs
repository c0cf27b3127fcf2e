module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  cacheDirectory: '<rootDir>/.cache/jest',
  moduleFileExtensions: ['ts', 'mjs', 'cjs', 'js', 'json', 'node'],
  // zrender ships ES modules only.
  transform: {
    '^.+\\.ts$': '<rootDir>/scripts/jest/transform.cjs',
    'zrender/.+\\.js$': '<rootDir>/scripts/jest/transform.cjs',
  },
  transformIgnorePatterns: ['/node_modules/(?!zrender/)'],
  setupFiles: ['<rootDir>/scripts/jest/setup.cjs'],
  modulePathIgnorePatterns: ['<rootDir>/cdktf.out', '<rootDir>/\\.cdktf\\.out\\.', '<rootDir>/\\.tools', '<rootDir>/\\.cache'],
};
