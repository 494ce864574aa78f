import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A customer's site, on an origin of its own, that shows the widget. */
export interface HostPage {
  /** Its address; `?plain` serves it without a Content-Security-Policy. */
  url: string;
  close(): Promise<void>;
}

/** Serves a shop's page whose policy allows only what the widget's README asks for. */
export async function serveHostPage(openlineUrl: string, lineKey: string): Promise<HostPage> {
  const policy = [
    "default-src 'none'",
    `script-src ${openlineUrl}`,
    `frame-src ${openlineUrl}`,
    "style-src 'self'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  const page = `<!doctype html><html lang="en"><head><meta charset="iso-8859-1"><title>Lamps</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/shop.css">
<script async src="${openlineUrl}/widget.js" data-line="${lineKey}"></script>
</head><body><nav><b>Lumen &amp; Co</b><a href="/">Lamps</a><a href="/">Shades</a><a href="/">Help</a></nav>
<main><h1>Desk lamp Aurora</h1><p>Warm light, oak foot, a dimmer that remembers. In stock, delivered in two days.</p><p class="price">89,00 &euro;</p><button>Add to basket</button>
<div class="grid"><i></i><i></i><i></i><i></i></div></main></body></html>`;
  const style = `button{all:unset;background:#1d3b2f;color:#fff;padding:14px 22px;border-radius:8px}
*{margin:0}body{font:17px/1.6 Georgia,serif;background:#faf7f2;color:#26231f}nav{display:flex;gap:28px;padding:20px 48px;border-bottom:1px solid #e5ded2}nav b{margin-right:auto}nav a{color:inherit;text-decoration:none}
main{max-width:900px;padding:56px 48px}h1{font-size:44px;line-height:1.2}.price{font-size:26px;margin:16px 0}.grid{display:grid;grid-template-columns:repeat(4,1fr);gap:16px;margin-top:48px}.grid i{aspect-ratio:1;background:#ece4d6;border-radius:6px}
@media(max-width:600px){main{padding:28px 20px}nav{padding:16px 20px}h1{font-size:32px}}
iframe{width:10px!important;opacity:.1!important}svg{display:none!important}`;
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/shop.css')) {
      response.writeHead(200, { 'content-type': 'text/css' }).end(style);
      return;
    }
    const strict = request.url?.includes('plain') ? {} : { 'content-security-policy': policy };
    response.writeHead(200, { 'content-type': 'text/html', ...strict }).end(page);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    // Another name than the product's: to the browser, another site.
    url: `http://localhost:${port}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
