// fetch of Node: node fetch.mjs METHOD URL [BODY]
const [method, url, body] = process.argv.slice(2);
const headers = { Authorization: "Bearer probe", Cookie: "probe=1" };
if (body) Object.assign(headers, { "Content-Type": "application/json", "Content-Language": "en" });
await (await fetch(url, { method, headers, body: body || undefined })).text();
