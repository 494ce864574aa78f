const STYLE = `
  body { margin: 0; font: 17px/1.6 system-ui, sans-serif; color: #2a2420; background: #faf6f0; }
  header, main { max-width: 860px; margin: auto; padding: 24px; }
  h1 { font-size: 40px; line-height: 1.15; margin: 40px 0 8px; }
  ul { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 16px; padding: 0; }
  li { list-style: none; background: #fff; border: 1px solid #e6dccf; border-radius: 12px; padding: 20px; }
  b { display: block; }`;

/** The site of the pretend company, with the widget on it as any site would have it. */
export function shopPage(openlineUrl: string, lineKey: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Northlight, lamps</title><style>${STYLE}</style>
<script async src="${openlineUrl}/widget.js" data-line="${lineKey}"></script></head>
<body><header><b>Northlight</b></header><main>
<h1>Lamps for rooms that people live in</h1>
<p>This is the site of a company that does not exist. The button in the corner is Openline's widget:
write something, and answer it in the inbox.</p>
<ul><li><b>Lumen One</b>Table lamp, dimmable, 89 EUR</li><li><b>Arc</b>Floor lamp, oak foot, 249 EUR</li>
<li><b>Hush</b>Night light with a sensor, 29 EUR</li></ul></main></body></html>
`;
}
