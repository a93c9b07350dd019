# got, from npm by name.
known=got14
install() { npm install --silent --no-fund --no-audit --prefix "$build/node" got; }
version() { node -p "require('$build/node/node_modules/got/package.json').version"; }
drive() {
    printf '%s\n' env "NODE_PATH=$build/node/node_modules" 'NODE_EXTRA_CA_CERTS={cacert}' \
        node "$here/node.mjs" got '{method}' '{url}' '{body}'
}
