# follow-redirects, from npm by name.
known=follow-redirects
install() { npm install --silent --no-fund --no-audit --prefix "$build/node" follow-redirects; }
version() { node -p "require('$build/node/node_modules/follow-redirects/package.json').version"; }
drive() {
    printf '%s\n' env "NODE_PATH=$build/node/node_modules" 'NODE_EXTRA_CA_CERTS={cacert}' \
        node "$here/node.mjs" follow-redirects '{method}' '{url}' '{body}'
}
