namespace Strata.Formats.Reports;

/// <summary>The style sheet of reports, light and dark.</summary>
static class ReportStyle
{
    public const string Sheet = """
        :root{color-scheme:light dark;--page:#f5f6f8;--card:#ffffff;--ink:#1c222b;--soft:#5a6472;--line:#e1e5ea;--stripe:#f8f9fb;--good:#0b6b3a;--good-back:#dff5e7;--bad:#a31b1b;--bad-back:#fde4e4}
        @media (prefers-color-scheme:dark){:root{--page:#0e1115;--card:#171b21;--ink:#dfe5ec;--soft:#9aa5b3;--line:#2a313a;--stripe:#1b2027;--good:#7fe0a8;--good-back:#12351f;--bad:#ff9d9d;--bad-back:#431a1a}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif}
        main{max-width:1120px;margin:0 auto;padding:40px 24px 72px}
        header{margin-bottom:28px}
        h1{font-size:30px;line-height:1.2;margin:0 0 6px;letter-spacing:-.01em;overflow-wrap:anywhere}
        h2{font-size:20px;line-height:1.3;margin:40px 0 12px;overflow-wrap:anywhere}
        header p{margin:0 0 10px}
        p{max-width:44em;margin:0 0 14px;white-space:pre-line;overflow-wrap:anywhere}
        .subtitle{color:var(--soft);font-size:17px}
        .card{background:var(--card);border:1px solid var(--line);border-radius:10px;margin:0 0 18px;padding:14px 16px}
        .facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(180px,1fr));gap:12px 24px}
        dt{color:var(--soft);font-size:13px}
        dd{margin:0;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        .table{padding:0;overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:15px}
        caption{text-align:left;color:var(--soft);font-size:14px;padding:12px 16px 0}
        th,td{text-align:left;padding:9px 16px;vertical-align:top;border-bottom:1px solid var(--line)}
        .claims td:first-child{min-width:14em}
        tbody tr:last-child td{border-bottom:0}
        tbody tr:nth-child(even){background:var(--stripe)}
        th{font-size:13px;font-weight:600;color:var(--soft);white-space:nowrap}
        .value,.number{font-variant-numeric:tabular-nums;white-space:nowrap}
        .number{text-align:right}
        .verdict{display:inline-block;border-radius:99px;padding:1px 11px;font-size:14px;font-weight:600;white-space:nowrap}
        .good{color:var(--good);background:var(--good-back)}
        .bad{color:var(--bad);background:var(--bad-back)}
        .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,460px),1fr));gap:18px;margin:0 0 18px}
        .plots.small{grid-template-columns:repeat(auto-fill,minmax(min(100%,290px),1fr));gap:12px}
        .plots figure{margin:0;padding:6px}
        .plots svg.strata-plot{display:block;width:100%;height:auto;max-width:720px;margin:0 auto}
        .images{display:flex;flex-wrap:wrap;gap:12px}
        .images figure{margin:0;min-width:72px;max-width:100%}
        img{display:block;max-width:100%;height:auto;border-radius:3px}
        .sharp{image-rendering:pixelated}
        figcaption{color:var(--soft);font-size:14px;margin-bottom:10px;overflow-wrap:anywhere}
        .images figcaption{font-size:12.5px;line-height:1.35;margin:5px 0 0}
        .film{max-width:100%;border-radius:3px;background-repeat:no-repeat;animation:film 1s infinite}
        @keyframes film{from{background-position:0 0}to{background-position:0 100%}}
        @media (prefers-reduced-motion:reduce){.film:not(:hover){animation-play-state:paused}}
        pre{background:var(--card);border:1px solid var(--line);border-radius:10px;margin:0 0 18px;padding:14px 16px;overflow-x:auto;font:13px/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
        .drawing{max-height:640px;overflow:auto}
        .drawing svg{display:block;margin:0 auto;max-width:none}
        :focus-visible{outline:2px solid #3fa9e0;outline-offset:2px}
        details{border:1px solid var(--line);border-radius:10px;margin:0 0 18px;padding:0 16px}
        summary{cursor:pointer;font-weight:600;padding:12px 0}
        details[open]>summary{margin-bottom:6px}
        @media print{body{background:none}.card,pre,tr{break-inside:avoid}}
        """;
}
