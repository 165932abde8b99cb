using System.Globalization;
using System.Text;

namespace Chat.Benchmarks;

/// <summary>Draws how many of those in danger have been reached after how long, readable on light and on dark paper.</summary>
internal static class SurgeChart
{
    private const double Left = 64;
    private const double Right = 700;
    private const double Top = 70;
    private const double Bottom = 360;

    private static readonly double[] Marks = [0.5, 1, 2, 5, 15, 60, 240, 960, 3840];
    private static readonly string[] Names = ["30 s", "1 min", "2 min", "5 min", "15 min", "1 h", "4 h", "16 h", "64 h"];

    public static string Draw(IReadOnlyList<(SurgePolicy Policy, TimeSpan?[] Waits)> curves, TimeSpan goal)
    {
        var svg = new StringBuilder();
        svg.Append(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 880 420" role="img" aria-labelledby="title desc">
            <title id="title">How many of those at high or imminent risk are reached, and how soon, when eight times as many write as usual</title>
            <desc id="desc">
            """);
        svg.Append(string.Join(' ', curves.Select(curve => Invariant($"{curve.Policy.Words.Replace('|', ' ')}: {100 * Reached(curve.Waits, goal.TotalMinutes):0.0} percent within five minutes."))));
        svg.Append(
            """
            </desc>
            <style>
            text { font: 14px system-ui, sans-serif; fill: #1f2937 } .small { font-size: 12px } .head { font-size: 16px; font-weight: 600 }
            .grid { stroke: #d1d5db } .goal { stroke: #6b7280; stroke-dasharray: 4 4 } path { fill: none; stroke-width: 2.5 }
            .arrival { stroke: #b45309 } .usual, .usual-right { stroke: #0369a1 } .wide, .wide-right { stroke: #15803d }
            .usual-right, .wide-right { stroke-dasharray: 7 5 }
            @media (prefers-color-scheme: dark) {
            text { fill: #e5e7eb } .grid { stroke: #374151 } .goal { stroke: #9ca3af }
            .arrival { stroke: #fbbf24 } .usual, .usual-right { stroke: #38bdf8 } .wide, .wide-right { stroke: #4ade80 }
            }
            </style>

            """);
        Line(svg, "head", Left, 28, "Texters at high or imminent risk who have had an answer");
        Line(svg, "small", Left, 48, "share, by time since their first message");
        foreach (var percent in new[] { 0, 25, 50, 75, 100 })
        {
            var y = Y(percent / 100.0);
            svg.Append(Invariant($"<line class=\"grid\" x1=\"{Left:0}\" x2=\"{Right:0}\" y1=\"{y:0.0}\" y2=\"{y:0.0}\"/>\n"));
            svg.Append(Invariant($"<text class=\"small\" x=\"{Left - 8:0}\" y=\"{y + 4:0.0}\" text-anchor=\"end\">{percent} %</text>\n"));
        }

        foreach (var (minutes, name) in Marks.Zip(Names))
        {
            svg.Append(Invariant($"<text class=\"small\" x=\"{X(minutes):0.0}\" y=\"{Bottom + 20:0}\" text-anchor=\"middle\">{name}</text>\n"));
        }

        svg.Append(Invariant($"<line class=\"goal\" x1=\"{X(goal.TotalMinutes):0.0}\" x2=\"{X(goal.TotalMinutes):0.0}\" y1=\"{Top:0}\" y2=\"{Bottom:0}\"/>\n"));
        foreach (var (policy, waits) in curves)
        {
            svg.Append(Invariant($"<path class=\"{policy.Name}\" d=\""));
            const int steps = 160;
            for (var step = 0; step <= steps; step++)
            {
                var minutes = Marks[0] * Math.Pow(Marks[^1] / Marks[0], step / (double)steps);
                svg.Append(Invariant($"{(step == 0 ? 'M' : 'L')}{X(minutes):0.0} {Y(Reached(waits, minutes)):0.0} "));
            }

            svg.Append("\"/>\n");
        }

        Legend(svg, curves.Select(curve => curve.Policy));
        return svg.Append("</svg>\n").ToString();
    }

    private static void Legend(StringBuilder svg, IEnumerable<SurgePolicy> policies)
    {
        var y = 84;
        foreach (var policy in policies.Reverse())
        {
            svg.Append(Invariant($"<path class=\"{policy.Name}\" d=\"M716 {y} h28\"/>\n"));
            foreach (var (part, at) in policy.Words.Split('|').Select((part, at) => (part, at)))
            {
                Line(svg, "small", 752, y + 4 + (17 * at), part);
            }

            y += 58;
        }
    }

    private static void Line(StringBuilder svg, string style, double x, double y, string text) =>
        svg.Append(Invariant($"<text class=\"{style}\" x=\"{x:0}\" y=\"{y:0}\">{text}</text>\n"));

    private static double Reached(TimeSpan?[] waits, double minutes) => waits.Count(wait => wait?.TotalMinutes <= minutes) / (double)waits.Length;

    private static double X(double minutes) => Left + ((Right - Left) * Math.Log(minutes / Marks[0]) / Math.Log(Marks[^1] / Marks[0]));

    private static double Y(double share) => Bottom - ((Bottom - Top) * share);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
