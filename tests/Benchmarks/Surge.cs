using System.Globalization;
using System.Text.Json;
using Chat.Domain.Conversations;
using Chat.Domain.Triage;

namespace Chat.Benchmarks;

/// <summary>
/// The night on which eight times as many write as usual: who is reached when, in the order of arrival and in the order of triage. A
/// simulation by events, the same every time; the queue's order is the product's own.
/// </summary>
internal static class Surge
{
    private const int Seeds = 20;
    private const double Goal = 0.97;

    private static readonly TimeSpan InTime = TimeSpan.FromMinutes(5);

    public static void Run(string folder, string? chart)
    {
        var heldFor = Measured(folder, _ => true);
        var curves = Report("a spike", new SurgeSetting(SurgeSetting.Spike), heldFor, folder);
        Report("all night long", new SurgeSetting(SurgeSetting.AllNight), heldFor, folder);
        if (chart is not null)
        {
            File.WriteAllText(chart, SurgeChart.Draw(curves, InTime));
        }
    }

    private static List<(SurgePolicy Policy, TimeSpan?[] Waits)> Report(string name, SurgeSetting setting, double[][] heldFor, string folder)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"== {name}: usual {setting.UsualPerHour:0} an hour; at 22:00 {setting.Rate(22):0} arrive an hour and {setting.Responders} responders are there; {Seeds} seeds"));
        foreach (var level in Enum.GetValues<RiskLevel>())
        {
            Console.WriteLine($"  held where {level,-9}: {string.Join(' ', heldFor[(int)level].Select(share => share.ToString("0.00", CultureInfo.InvariantCulture)))}");
        }

        var curves = new List<(SurgePolicy Policy, TimeSpan?[] Waits)>();
        foreach (var policy in SurgePolicy.All)
        {
            curves.Add((policy, Report(setting, heldFor, policy)));
        }

        Console.WriteLine("severe within 5 minutes with wide credits: without mistakes / as measured / as measured, of those recognised");
        foreach (var severe in new[] { 0.03, 0.06, 0.09, 0.12, 0.15, 0.18 })
        {
            Compare($"  {severe:P0} severe", setting with { Severe = severe }, heldFor);
        }

        foreach (var perHour in new[] { 15.0, 30, 60, 120, 240 })
        {
            Compare($"  usual {perHour:0} an hour", setting with { UsualPerHour = perHour }, heldFor);
        }

        foreach (var concurrent in new[] { 1, 5 })
        {
            Compare($"  {concurrent} at once", setting with { MaxConcurrent = concurrent }, heldFor);
        }

        foreach (var staffed in new[] { 1.5, 2, 2.5, 3, 4 })
        {
            Compare(string.Create(CultureInfo.InvariantCulture, $"  staff for {staffed:0.0} x usual"), setting with { Staffed = staffed }, heldFor);
        }

        Compare("  levels of plain messages", setting, Measured(folder, row => row.GetProperty("kind").GetString() == "plain"));
        foreach (var part in new[] { 0.5, 0.25, 0 })
        {
            Compare(string.Create(CultureInfo.InvariantCulture, $"  {part:P0} of false alarms"), setting, WithFewerFalseAlarms(heldFor, part));
        }

        return curves;
    }

    private static TimeSpan?[] Report(SurgeSetting setting, double[][] heldFor, SurgePolicy policy)
    {
        var all = new List<TimeSpan?>();
        var nights = Enumerable.Range(1, Seeds).Select(seed =>
        {
            var night = Night(setting, heldFor, policy, seed);
            all.AddRange(night.Where(one => one.Arrival.Level >= RiskLevel.High).Select(one => one.Wait));
            return night;
        }).ToList();
        Console.WriteLine($"{policy.Name}: {policy.Words.Replace('|', ' ')}");
        Print("severe within 5 minutes", nights.Select(night => InTimeOf(night, one => one.Level >= RiskLevel.High)), Share);
        Print("imminent within 5 minutes", nights.Select(night => InTimeOf(night, one => one.Level == RiskLevel.Imminent)), Share);
        Print("recognised imminent in 5 min", nights.Select(night => InTimeOf(night, one => one.Level == RiskLevel.Imminent && one.Held >= RiskLevel.High)), Share);
        Print("recognised severe within 5 min", nights.Select(night => InTimeOf(night, one => one.Level >= RiskLevel.High && one.Held >= RiskLevel.High)), Share);
        foreach (var level in Enum.GetValues<RiskLevel>())
        {
            Print($"{level} median, minutes", nights.Select(night => Median(night, level)), Minutes);
        }

        Print("none: longest answered, hours", nights.Select(night => LongestHours(night, RiskLevel.None)), Minutes);
        Print("high: longest, hours", nights.Select(night => LongestHours(night, RiskLevel.High)), Minutes);
        Print("given up by the queue", nights.Select(night => night.Count(one => one.Wait is null) / (double)night.Count), Share);
        Print("texters in the night", nights.Select(night => (double)night.Count), value => value.ToString("0", CultureInfo.InvariantCulture));
        return [.. all];
    }

    private static double LongestHours(List<(Arrival Arrival, TimeSpan? Wait)> night, RiskLevel level) =>
        night.Where(one => one.Arrival.Level == level).Max(one => one.Wait?.TotalHours) ?? 0;

    private static void Compare(string what, SurgeSetting setting, double[][] heldFor)
    {
        var perfect = Enumerable.Range(1, Seeds).Average(seed =>
            InTimeOf(Night(setting, heldFor, SurgePolicy.All[4], seed), one => one.Level >= RiskLevel.High));
        var measured = Enumerable.Range(1, Seeds).Select(seed => Night(setting, heldFor, SurgePolicy.All[3], seed)).ToList();
        var all = measured.Average(night => InTimeOf(night, one => one.Level >= RiskLevel.High));
        var recognised = measured.Average(night => InTimeOf(night, one => one.Level >= RiskLevel.High && one.Held >= RiskLevel.High));
        Console.WriteLine($"{what,-24} {Share(perfect)} {(perfect >= Goal ? "+" : "-")}  {Share(all)}  {Share(recognised)} {(recognised >= Goal ? "+" : "-")}");
    }

    // Only who wrote in the night counts; the afternoon before fills the line as it is filled, and the days after empty it.
    private static List<(Arrival Arrival, TimeSpan? Wait)> Night(SurgeSetting setting, double[][] heldFor, SurgePolicy policy, int seed)
    {
        var arrivals = setting.Draw(seed, heldFor);
        var waits = SurgeRun.Waits(setting, arrivals, policy);
        return [.. arrivals.Zip(waits).Where(one => SurgeSetting.IsInTheNight(one.First.At))];
    }

    private static double InTimeOf(List<(Arrival Arrival, TimeSpan? Wait)> night, Func<Arrival, bool> who)
    {
        var those = night.Where(one => who(one.Arrival)).ToList();
        return those.Count(one => one.Wait <= InTime) / (double)those.Count;
    }

    private static double Median(List<(Arrival Arrival, TimeSpan? Wait)> night, RiskLevel level)
    {
        var waits = night.Where(one => one.Arrival.Level == level).Select(one => one.Wait?.TotalMinutes ?? double.PositiveInfinity).Order().ToList();
        return waits[waits.Count / 2];
    }

    private static void Print(string what, IEnumerable<double> values, Func<double, string> form)
    {
        var sorted = values.Order().ToList();
        Console.WriteLine($"  {what,-31} {form(sorted.Average())} ({form(sorted[0])} to {form(sorted[^1])})");
    }

    private static string Share(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Minutes(double value) => double.IsFinite(value) ? value.ToString("0.0", CultureInfo.InvariantCulture) : "never";

    // Written to be hard, the held-out conversations without danger are mistaken for severe more often than what most people write.
    private static double[][] WithFewerFalseAlarms(double[][] heldFor, double part) =>
    [
        .. heldFor.Select((row, level) => level >= (int)RiskLevel.High
            ? row
            : [.. row.Select((share, held) => held >= (int)RiskLevel.High ? share * part
                : held == level ? share + ((1 - part) * (row[(int)RiskLevel.High] + row[(int)RiskLevel.Imminent])) : share)]),
    ];

    // How triage took the held-out conversations of each level, of both languages: what is mistaken for what, and how often.
    private static double[][] Measured(string folder, Func<JsonElement, bool> among)
    {
        var engine = new TriageEngine(RuleSet.Default);
        var levels = Enum.GetValues<RiskLevel>().Length;
        var counts = Enumerable.Range(0, levels).Select(_ => new double[levels]).ToArray();
        foreach (var line in Directory.GetFiles(folder, "held*.jsonl").SelectMany(File.ReadLines).Where(line => line.Length > 0))
        {
            var labelled = JsonDocument.Parse(line).RootElement;
            if (!among(labelled))
            {
                continue;
            }

            var level = Enum.Parse<RiskLevel>(labelled.GetProperty("level").GetString()!, ignoreCase: true);
            counts[(int)level][(int)engine.Assess([.. labelled.GetProperty("messages").EnumerateArray().Select(message => message.GetString()!)]).Level]++;
        }

        return [.. counts.Select(row => row.Select(count => count / row.Sum()).ToArray())];
    }
}
