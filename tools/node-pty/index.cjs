module.exports = require('@lydell/node-pty');
