# node-fetch, from npm by name.
known=node-fetch3
install() { npm install --silent --no-fund --no-audit --prefix "$build/node" node-fetch; }
version() { node -p "require('$build/node/node_modules/node-fetch/package.json').version"; }
drive() {
    printf '%s\n' env "NODE_PATH=$build/node/node_modules" 'NODE_EXTRA_CA_CERTS={cacert}' \
        node "$here/node.mjs" node-fetch '{method}' '{url}' '{body}'
}
