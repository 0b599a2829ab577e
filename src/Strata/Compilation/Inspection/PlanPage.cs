using System.Globalization;
using System.Security;
using System.Text;
using Strata.Compilation.Planning;

namespace Strata.Compilation.Inspection;

/// <summary>A page about a plan that needs no other file.</summary>
internal static class PlanPage
{
    const string Style = "body{font-family:sans-serif;margin:24px}.view{border:1px solid #ccd;height:70vh;overflow:hidden;cursor:grab}table{border-collapse:collapse}td,th{padding:2px 10px;text-align:right}td:first-child,th:first-child{text-align:left}pre{background:#f6f6f8;padding:12px;overflow:auto}";

    // The wheel zooms about the pointer, dragging moves.
    const string Script = "document.querySelectorAll('.view').forEach(v=>{const s=v.querySelector('svg');s.removeAttribute('width');s.style.width='100%';s.style.height='100%';"
        + "const b=s.viewBox.baseVal;const scale=()=>Math.max(b.width/v.clientWidth,b.height/v.clientHeight);"
        + "v.addEventListener('wheel',e=>{e.preventDefault();const f=e.deltaY<0?0.85:1/0.85,r=v.getBoundingClientRect();"
        + "const x=b.x+b.width*(e.clientX-r.left)/r.width,y=b.y+b.height*(e.clientY-r.top)/r.height;"
        + "b.x=x-(x-b.x)*f;b.y=y-(y-b.y)*f;b.width*=f;b.height*=f},{passive:false});"
        + "v.addEventListener('pointermove',e=>{if(e.buttons&1){b.x-=e.movementX*scale();b.y-=e.movementY*scale()}})});";

    public static string Write(Plan plan, ExecutionPlan execution, Profiler? profiler)
    {
        var html = new StringBuilder($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Plan</title><style>{Style}</style></head><body>\n");
        html.Append(CultureInfo.InvariantCulture, $"<h1>Plan</h1><p>{execution.Work.Count} operations; arena {ProfileRow.Size(plan.ArenaBytes)}; traced in {plan.TraceTime.TotalMilliseconds:0.0} ms, planned in {plan.PlanTime.TotalMilliseconds:0.0} ms.</p>\n");
        html.Append("<table><tr><th>pass</th><th>nodes after</th><th>ms</th></tr>\n");
        foreach (var pass in plan.Passes) html.Append(CultureInfo.InvariantCulture, $"<tr><td>{pass.Name}</td><td>{pass.Nodes}</td><td>{pass.Time.TotalMilliseconds:0.00}</td></tr>\n");
        html.Append("</table>\n<h2>After the passes</h2><div class=\"view\">").Append(GraphPicture.Write(execution.Graph, profiler is null ? null : profiler.NoteOf));
        html.Append("</div>\n<h2>As traced</h2><div class=\"view\">").Append(plan.ToSvg(traced: true));
        html.Append("</div>\n<h2>Lines</h2><pre>").Append(SecurityElement.Escape(plan.ToString())).Append("</pre>\n");
        if (profiler is not null) html.Append("<h2>Profile</h2><pre>").Append(SecurityElement.Escape(profiler.ToString())).Append("</pre>\n");
        return html.Append(CultureInfo.InvariantCulture, $"<script>{Script}</script></body></html>\n").ToString();
    }
}
