/** Of the button and the frame, inside a shadow root: the page's styles do not reach in, ours do not reach out. */
export const STYLE = `
:host{all:initial}
*{box-sizing:border-box}
.b{position:fixed;bottom:20px;inset-inline-end:20px;width:56px;height:56px;border:0;border-radius:50%;padding:0;cursor:pointer;
background:var(--c);color:var(--i);box-shadow:0 1px 3px rgba(0,0,0,.16),0 8px 24px rgba(0,0,0,.18);
display:grid;place-items:center;transition:transform .18s cubic-bezier(.2,.8,.2,1),box-shadow .18s;-webkit-tap-highlight-color:transparent}
.b:hover{transform:translateY(-2px);box-shadow:0 2px 5px rgba(0,0,0,.18),0 12px 32px rgba(0,0,0,.24)}
.b:active{transform:scale(.95)}
.b:focus-visible{outline:3px solid var(--c);outline-offset:3px;box-shadow:0 0 0 3px #fff}
.b svg{width:26px;height:26px;grid-area:1/1;transition:transform .22s,opacity .16s;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.b .x,.o .b .m{opacity:0;transform:rotate(-45deg) scale(.6)}
.o .b .x{opacity:1;transform:none}
.n{position:absolute;top:-4px;inset-inline-end:-4px;min-width:22px;height:22px;padding:0 6px;border-radius:11px;background:#d92d20;color:#fff;
font:600 12px/22px system-ui;text-align:center;box-shadow:0 0 0 2px #fff}
.n:empty,.o .n,.t:empty,.o .t{display:none}
.t{position:fixed;bottom:88px;inset-inline-end:20px;max-width:min(300px,calc(100vw - 40px));border:0;border-radius:14px;padding:12px 16px;cursor:pointer;
text-align:start;background:#fff;color:#1d2026;font:14px/1.45 system-ui;box-shadow:0 1px 3px rgba(0,0,0,.12),0 8px 28px rgba(0,0,0,.16);
overflow:hidden;display:-webkit-box;-webkit-line-clamp:4;-webkit-box-orient:vertical;overflow-wrap:anywhere}
.t b{display:block;font-weight:600}
.f{position:fixed;bottom:92px;inset-inline-end:20px;width:400px;height:min(680px,calc(100dvh - 112px));max-width:calc(100vw - 40px);border:0;border-radius:18px;
background:Canvas;box-shadow:0 0 0 1px rgba(0,0,0,.05),0 16px 56px rgba(0,0,0,.24);color-scheme:light dark;
opacity:0;visibility:hidden;transform:translateY(12px) scale(.98);transform-origin:100% 100%;transition:opacity .18s,transform .22s cubic-bezier(.2,.8,.2,1),visibility 0s .22s}
.o .f{opacity:1;visibility:visible;transform:none;transition-delay:0s}
.l .b,.l .t,.l .f{inset-inline:20px auto}
.l .f{transform-origin:0 100%}
@media(max-width:600px),(max-height:420px){.f{inset:0!important;width:100%;max-width:none;height:100dvh;border-radius:0}.o .b{display:none}}
@media(prefers-color-scheme:dark){.t{background:#23262d;color:#eceef1}.n{box-shadow:0 0 0 2px #17191e}}
@media(prefers-reduced-motion:reduce){*{transition-duration:.01s!important}}
.s{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media print{.w{display:none}}
`;
