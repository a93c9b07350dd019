# axios, from npm by name.
known=axios
install() { npm install --silent --no-fund --no-audit --prefix "$build/node" axios; }
version() { node -p "require('$build/node/node_modules/axios/package.json').version"; }
drive() {
    printf '%s\n' env "NODE_PATH=$build/node/node_modules" 'NODE_EXTRA_CA_CERTS={cacert}' \
        node "$here/node.mjs" axios '{method}' '{url}' '{body}'
}
