// One request by a Node client: node.mjs CLIENT METHOD URL BODY, with NODE_PATH where the packages are.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [client, method, url, body] = process.argv.slice(2);
const headers = {
  Authorization: 'Bearer caller',
  'Proxy-Authorization': 'Basic Y2FsbGVyOg==',
  Cookie: 'caller=1',
  'X-Custom': 'caller',
};
if (body) {
  Object.assign(headers, {
    'Content-Type': 'application/json',
    'Content-Language': 'en',
    'Content-Encoding': 'identity',
    'Content-Digest': 'sha-256=:x:',
  });
}
const init = { method, headers };
if (body) init.body = body;

const require = createRequire(process.env.NODE_PATH + '/');
const load = async (name) => import(pathToFileURL(require.resolve(name)));

const clients = {
  fetch: async () => (await fetch(url, init)).text(),
  async axios() {
    const { default: axios } = await load('axios');
    await axios.request({ url, method, headers, data: body || undefined, proxy: false });
  },
  async got() {
    const { default: got } = await load('got');
    await got(url, { method, headers, body: body || undefined, retry: { limit: 0 }, allowGetBody: true });
  },
  async 'node-fetch'() {
    const { default: fetch } = await load('node-fetch');
    await (await fetch(url, init)).text();
  },
  async undici() {
    const { Agent, interceptors, request } = (await load('undici')).default;
    const dispatcher = new Agent().compose(interceptors.redirect({ maxRedirections: 20 }));
    await (await request(url, { ...init, dispatcher })).body.text();
    await dispatcher.destroy();
  },
  async 'follow-redirects'() {
    const { default: follow } = await load('follow-redirects');
    const side = url.startsWith('https') ? follow.https : follow.http;
    await new Promise((done, failed) => {
      const asked = side.request(url, { method, headers }, (answer) => answer.resume().on('end', done));
      asked.on('error', failed);
      asked.end(body || undefined);
    });
  },
};
await clients[client]();
