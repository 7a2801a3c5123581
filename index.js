// Empty: n8n loads the nodes and credentials that package.json lists under "n8n".
module.exports = {};
