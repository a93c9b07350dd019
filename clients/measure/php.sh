# PHP's http stream, where a PHP is installed.
known=php-stream
install() { command -v php > /dev/null; }
version() { php -r 'echo "php ", PHP_VERSION;'; }
drive() { printf '%s\n' php "$here/stream.php" '{method}' '{url}' '{body}' '{cacert}'; }
