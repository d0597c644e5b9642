/** The page's own style sheet. */
export const STYLE = `
:root { --fg:#1f2328; --muted:#59636e; --line:#d1d9e0; --soft:#f6f8fa; --blue:#0969da; --green:#1a7f37; --red:#cf222e; --amber:#9a6700; --purple:#8250df; --mono:ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace; }
* { box-sizing:border-box } html { scroll-behavior:smooth }
body { margin:0; color:var(--fg); background:#fff; font:14px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif }
a { color:var(--blue); text-decoration:none } a:hover { text-decoration:underline }
code, pre, .mono { font-family:var(--mono); font-size:12px }
.top { background:var(--soft); border-bottom:1px solid var(--line); padding:14px 32px; display:flex; gap:10px; align-items:center; font-size:14px }
.top .logo { width:30px; height:30px; border-radius:50%; background:#24292f; color:#fff; display:grid; place-items:center; font-weight:700 }
.top .note { margin-left:auto; color:var(--muted); font-size:12px }
.wrap { max-width:1216px; margin:0 auto; padding:24px 32px 80px }
h1.title { font-weight:400; font-size:30px; margin:0 0 6px } h1.title .number { color:var(--muted); font-weight:300 }
.meta { color:var(--muted); display:flex; gap:8px; align-items:center; flex-wrap:wrap }
.state { color:#fff; border-radius:2em; padding:4px 12px; font-weight:500; background:var(--green) }
.state.draft { background:#59636e } .state.merged { background:var(--purple) } .state.closed { background:var(--red) }
.branch { font:12px var(--mono); background:#ddf4ff; color:var(--blue); padding:2px 6px; border-radius:6px }
.tabs { display:flex; gap:4px; border-bottom:1px solid var(--line); margin:18px 0 24px }
.tabs a { color:var(--fg); padding:8px 16px; border-bottom:2px solid transparent; margin-bottom:-1px } .tabs a:first-child { border-color:#fd8c73; font-weight:600 }
.counter { background:#818b981f; border-radius:2em; padding:1px 7px; font-size:12px; margin-left:4px }
h2.section { font-size:20px; font-weight:600; border-bottom:1px solid var(--line); padding-bottom:8px; margin:40px 0 16px }
.box { border:1px solid var(--line); border-radius:6px; margin:16px 0; background:#fff; overflow:hidden }
.box > .head { background:var(--soft); border-bottom:1px solid var(--line); padding:8px 16px; color:var(--muted); display:flex; gap:8px; align-items:center }
.box > .body { padding:16px }
.author { color:var(--fg); font-weight:600 } .label { border:1px solid var(--line); border-radius:2em; padding:0 7px; font-size:12px; color:var(--muted); font-weight:500 }
.avatar { width:28px; height:28px; border-radius:50%; display:inline-grid; place-items:center; color:#fff; font-size:12px; font-weight:600; flex:none }
.avatar.bot { border-radius:6px }
.timeline { position:relative; padding-left:48px; max-width:900px } .timeline::before { content:""; position:absolute; left:23px; top:0; bottom:0; width:2px; background:var(--line) }
.timeline > .box > .head .avatar { position:absolute; left:8px; width:32px; height:32px }
.event { position:relative; color:var(--muted); margin:14px 0; padding-left:8px } .event::before { content:""; position:absolute; left:-31px; top:5px; width:12px; height:12px; border-radius:50%; background:#fff; border:3px solid var(--line) }
.reactions { display:flex; gap:6px; margin-top:12px } .reactions span { border:1px solid var(--line); border-radius:100px; padding:1px 9px; font-size:12px; background:var(--soft) }
.icon { width:20px; height:20px; border-radius:50%; color:#fff; display:inline-grid; place-items:center; font-size:12px; font-weight:700; flex:none; background:#818b98 }
.icon.success { background:var(--green) } .icon.failure, .icon.timed_out { background:var(--red) } .icon.running { background:#bf8700 } .icon.action_required { background:#bf8700 }
.merge { border-width:1px; } .merge.failure { border-color:var(--red) } .merge.success { border-color:var(--green) }
.merge .row { display:flex; gap:12px; align-items:center; padding:12px 16px; border-top:1px solid var(--line) } .merge .row:first-child { border-top:0 } .merge .row b { font-size:15px } .muted { color:var(--muted) }
.check-title { font-size:18px; font-weight:600; margin:0 } .check > .body { padding:20px 24px }
.facts { display:flex; gap:18px; color:var(--muted); font-size:12px; margin:4px 0 16px; flex-wrap:wrap }
.buttons span { border:1px solid var(--line); background:var(--soft); border-radius:6px; padding:5px 14px; font-weight:500; display:inline-block; margin:4px 6px 0 0 }
.annotation { border:1px solid var(--line); border-left:4px solid var(--amber); border-radius:6px; margin:8px 0; padding:10px 14px; background:#fff; font-size:13px }
.annotation.failure { border-left-color:var(--red) } .annotation.notice { border-left-color:var(--blue) }
.annotation .where { color:var(--muted); font-size:12px } .annotation .message { white-space:pre-wrap; overflow-wrap:anywhere } .annotation pre { white-space:pre-wrap; background:var(--soft); padding:8px; border-radius:6px; margin:8px 0 0 }
table.diff { border-collapse:collapse; width:100%; table-layout:fixed; font:12px/20px var(--mono) }
table.diff td { padding:0 10px; vertical-align:top; white-space:pre-wrap; overflow-wrap:anywhere } table.diff td.n { width:50px; text-align:right; color:var(--muted); user-select:none }
tr.added td { background:#dafbe1 } tr.added td.n { background:#aceebb } tr.removed td { background:#ffebe9 } tr.removed td.n { background:#ffcecb } tr.hunk td { background:#ddf4ff; color:var(--muted) }
tr.inset > td { background:#fff; white-space:normal; padding:8px 16px; border-top:1px solid var(--line); border-bottom:1px solid var(--line); font:14px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI",Helvetica,Arial,sans-serif }
.thread { border:1px solid var(--line); border-radius:6px; max-width:820px; overflow:hidden } .thread .comment { padding:12px 16px; border-top:1px solid var(--line) } .thread .comment:first-of-type { border-top:0 }
.thread .who { display:flex; gap:8px; align-items:center; margin-bottom:6px } .thread .foot { background:var(--soft); border-top:1px solid var(--line); padding:8px 16px; color:var(--muted); font-size:12px }
details.thread > summary { padding:8px 16px; background:var(--soft); cursor:pointer; color:var(--muted) } .resolved { color:var(--purple); font-weight:600 } .outdated { color:var(--amber); border:1px solid #d4a72c66; border-radius:2em; padding:0 7px; font-size:12px }
.suggestion { border:1px solid var(--line); border-radius:6px; overflow:hidden; margin:8px 0 } .suggestion .cap { background:var(--soft); border-bottom:1px solid var(--line); padding:6px 12px; font-size:12px; font-weight:500; color:var(--muted); display:flex; justify-content:space-between }
.suggestion .go { border:1px solid var(--line); background:#fff; border-radius:6px; padding:0 10px; color:var(--fg) }
.markdown .suggestion table.diff { display:table; margin:0 } .markdown .suggestion td { border:0; padding:0 10px } .markdown .suggestion td.n { width:32px } .markdown .suggestion tr:nth-child(2n) { background:none }
.minimized { color:var(--muted); font-style:italic }
.markdown > :first-child { margin-top:0 } .markdown > :last-child { margin-bottom:0 } .markdown h1,.markdown h2 { border-bottom:1px solid #d1d9e0b3; padding-bottom:.3em } .markdown h1 { font-size:1.7em } .markdown h2 { font-size:1.35em } .markdown h3 { font-size:1.12em } .markdown h1,.markdown h2,.markdown h3,.markdown h4 { margin:20px 0 12px; line-height:1.25 }
.markdown p, .markdown ul, .markdown ol, .markdown table, .markdown pre, .markdown blockquote, .markdown details { margin:0 0 12px } .markdown ul, .markdown ol { padding-left:2em } .markdown li:has(> input) { list-style:none; margin-left:-1.4em } .markdown li + li { margin-top:4px }
.markdown code { background:#818b981f; padding:.2em .4em; border-radius:6px; overflow-wrap:anywhere } .markdown pre { background:var(--soft); padding:14px; border-radius:6px; overflow:auto } .markdown pre code { background:none; padding:0 }
.markdown table { border-collapse:collapse; display:block; overflow:auto } .markdown th, .markdown td { border:1px solid var(--line); padding:6px 13px; text-align:left } .markdown tbody tr:nth-child(2n) { background:var(--soft) }
.markdown blockquote { border-left:.25em solid var(--line); color:var(--muted); padding:0 1em } .markdown hr { height:3px; background:var(--line); border:0; margin:20px 0 } .markdown details > summary { cursor:pointer; font-weight:600 } .markdown sub { color:var(--muted) }
.markdown pre .added { background:#dafbe1; display:inline-block; width:100% } .markdown pre .removed { background:#ffebe9; display:inline-block; width:100% } .mention { font-weight:600 } .image { color:var(--muted); border:1px dashed var(--line); padding:1px 6px; border-radius:6px }
.alert { border-left:.25em solid var(--blue); padding:6px 14px; margin:0 0 12px } .alert-title { font-weight:600; color:var(--blue); margin:0 0 4px } .alert.warning { border-color:#bf8700 } .alert.warning .alert-title { color:var(--amber) } .alert.caution { border-color:var(--red) } .alert.caution .alert-title { color:var(--red) } .alert.important { border-color:var(--purple) } .alert.important .alert-title { color:var(--purple) } .alert.tip { border-color:var(--green) } .alert.tip .alert-title { color:var(--green) }
.list .item { display:flex; gap:12px; padding:12px 16px; border-top:1px solid var(--line) } .list .item:first-child { border-top:0 } .list .item b a { color:var(--fg); font-size:16px }
`;
