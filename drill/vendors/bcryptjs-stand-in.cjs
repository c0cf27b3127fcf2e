// Stand-in for the package bcryptjs, not the real one: the two functions that the role asks of it, with another algorithm behind them.
const { randomBytes, scryptSync, timingSafeEqual } = require('node:crypto');

const digest = (password, salt) => scryptSync(password, salt, 24, { N: 1024 });

exports.hashSync = (password) => {
  const salt = randomBytes(12).toString('hex');
  return `stand-in:${salt}:${digest(password, salt).toString('hex')}`;
};

exports.compareSync = (password, hash) => {
  const [, salt, kept] = hash.split(':');
  return timingSafeEqual(digest(password, salt), Buffer.from(kept, 'hex'));
};
