# One GET by open-uri: open_uri.rb URL
require 'open-uri'

URI.parse(ARGV[0]).open(
  'Authorization' => 'Bearer caller', 'Proxy-Authorization' => 'Basic Y2FsbGVyOg==',
  'Cookie' => 'caller=1', 'X-Custom' => 'caller', &:read
)
