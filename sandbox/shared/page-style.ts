/** The look of every page for people: one column of navigation beside the content, a bar above it on a narrow screen. */
export const PAGE_STYLE = `
:root{color-scheme:light;--ink:#1b2130;--soft:#5b6577;--line:#e1e5ec;--ground:#f5f6f9;--accent:#24418f;--tint:#eaeefa}
[data-product=HubSpot]{--accent:#b8410f;--tint:#fcefe8}[data-product=Salesforce]{--accent:#0b5cab;--tint:#e6f0fa}
*{box-sizing:border-box}
body{margin:0;font:15px/1.5 Inter,"Segoe UI",system-ui,"Noto Sans","Noto Sans CJK JP","Hiragino Sans",sans-serif;color:var(--ink);background:var(--ground);display:flex;min-height:100vh}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
nav{width:208px;flex:none;background:#fff;border-right:1px solid var(--line);padding:20px 12px;position:sticky;top:0;align-self:flex-start;height:100vh;overflow:auto}
nav strong{display:block;padding:0 10px;font-size:17px;white-space:nowrap}nav strong::before{content:"";display:inline-block;width:10px;height:10px;border-radius:3px;background:var(--accent);margin-right:8px}
nav small{display:block;padding:0 10px 16px;color:var(--soft)}
nav a{display:block;padding:6px 10px;border-radius:6px;color:inherit;white-space:nowrap}
nav a:hover{background:var(--ground);text-decoration:none}nav a[aria-current]{background:var(--tint);color:var(--accent);font-weight:600}
main{flex:1;min-width:0;padding:24px 32px 48px;max-width:1180px}
h1{font-size:23px;line-height:1.25;margin:0 0 16px;overflow-wrap:anywhere}h2{font-size:16px;margin:32px 0 10px}
.table{overflow-x:auto;background:#fff;border:1px solid var(--line);border-radius:10px;margin:0 0 16px}
table{width:100%;border-collapse:collapse}tbody tr:last-child td{border-bottom:0}tbody tr:hover{background:#fafbfd}
th,td{text-align:left;padding:9px 14px;border-bottom:1px solid #eef1f5;overflow-wrap:break-word;max-width:26rem}
th{font-weight:600;color:var(--soft);font-size:13px;white-space:nowrap;background:#fafbfd}
.nowrap,time{white-space:nowrap}time{font-variant-numeric:tabular-nums}td:has(time){color:var(--soft)}td form{margin:0}
form.card,section.card{background:#fff;border:1px solid var(--line);border-radius:10px;padding:20px;margin:0 0 16px}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(230px,1fr));gap:14px 16px;align-items:start}
label{display:block;font-size:13px;color:var(--soft);margin:0 0 3px}
input,select,textarea{width:100%;min-height:38px;padding:7px 10px;border:1px solid #c5ccd8;border-radius:7px;font:inherit;color:inherit;background:#fff}
textarea{min-height:38px;height:62px;resize:vertical}input[type=checkbox]{width:18px;min-height:18px;margin:6px 0}
button,.button{display:inline-block;min-height:38px;padding:7px 14px;border:1px solid #c5ccd8;border-radius:7px;background:#fff;font:inherit;color:inherit;cursor:pointer;white-space:nowrap}
button:hover{background:var(--ground)}button.primary{background:var(--accent);border-color:var(--accent);color:#fff;font-weight:600}button.primary:hover{filter:brightness(1.1)}
button.danger{color:#a3232b;border-color:#e0b4b7}
.row{display:flex;gap:8px;flex-wrap:wrap;align-items:end;margin:0 0 16px}.row>div{flex:1;min-width:160px}
.plays{display:grid;grid-template-columns:repeat(auto-fill,minmax(330px,1fr));gap:14px 28px}.plays .row{margin:0;align-content:end}
.error{background:#fdecec;border:1px solid #efbcbf;color:#8c1d24;padding:10px 14px;border-radius:8px;margin:0 0 16px}
.note{background:#eaf5ec;border:1px solid #b9dec0;color:#1d5a2c;padding:10px 14px;border-radius:8px;margin:0 0 16px}
details{margin:0 0 8px}summary{display:inline-block;padding:7px 14px;border:1px solid #c5ccd8;border-radius:7px;background:#fff;cursor:pointer}details[open]>summary{margin:0 0 8px}
.muted{color:var(--soft)}.actions{margin:16px 0 0;display:flex;gap:8px;flex-wrap:wrap}
@media(max-width:720px){
body{display:block}main{padding:16px 16px 40px}
nav{width:auto;height:auto;display:flex;align-items:center;gap:2px;overflow-x:auto;padding:8px 12px;border-right:0;border-bottom:1px solid var(--line);z-index:1}
nav strong{padding:0 8px 0 4px}nav small{display:none}
th,td{padding:8px 12px;max-width:16rem}.grid,.plays{grid-template-columns:1fr}
}`;
