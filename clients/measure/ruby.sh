# Ruby's open-uri, where a Ruby is installed: it sends GET alone.
known=ruby-open-uri
install() { command -v ruby > /dev/null; }
version() { ruby -e 'print "ruby ", RUBY_VERSION'; }
drive() { printf '%s\n' env 'SSL_CERT_FILE={cacert}' ruby "$here/open_uri.rb" '{url}'; }
