# undici, from npm by name.
known=undici8-request
install() { npm install --silent --no-fund --no-audit --prefix "$build/node" undici; }
version() { node -p "require('$build/node/node_modules/undici/package.json').version"; }
drive() {
    printf '%s\n' env "NODE_PATH=$build/node/node_modules" 'NODE_EXTRA_CA_CERTS={cacert}' \
        node "$here/node.mjs" undici '{method}' '{url}' '{body}'
}
