<?php
// One request by the http stream: stream.php METHOD URL BODY CACERT
[, $method, $url, $body, $cacert] = $argv;
$fields = ['Authorization: Bearer caller', 'Proxy-Authorization: Basic Y2FsbGVyOg==', 'Cookie: caller=1', 'X-Custom: caller'];
if ($body !== '') {
    array_push($fields, 'Content-Type: application/json', 'Content-Language: en', 'Content-Encoding: identity',
        'Content-Digest: sha-256=:x:');
}
$http = ['method' => $method, 'header' => $fields, 'content' => $body, 'ignore_errors' => true];
$context = stream_context_create(['http' => $http, 'ssl' => ['cafile' => $cacert]]);
exit(file_get_contents($url, false, $context) === false ? 1 : 0);
