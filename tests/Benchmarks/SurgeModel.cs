using Chat.Domain.Conversations;

namespace Chat.Benchmarks;

/// <summary>What a line is like on the night on which everybody writes: all that the figures of a surge rest on.</summary>
/// <param name="UsualPerHour">How many texters begin to write in an hour of an ordinary day, on average.</param>
/// <param name="Factors">How many times as many write as usual, hour by hour from the evening on.</param>
/// <param name="Staffed">How much of the usual load of a night the staff on duty can serve.</param>
/// <param name="MaxConcurrent">How many conversations a responder holds at once.</param>
/// <param name="Severe">How many of all who write are at high or imminent risk.</param>
internal sealed record SurgeSetting(double[] Factors, double UsualPerHour = 60, double Staffed = 1.5, int MaxConcurrent = 3, double Severe = 0.06)
{
    public const int Evening = 18;
    public const int HoursOfTheNight = 12;

    /// <summary>The median and the spread of how long a conversation takes; their mean is 45 minutes.</summary>
    public const double MedianMinutes = 40;

    private const double Spread = 0.485;
    private const double MeanMinutes = 45;

    /// <summary>Of those at severe risk, how many are so now.</summary>
    private const double ImminentOfSevere = 1.0 / 6;

    /// <summary>Half say at once what their level rests on, and the others this long after their first message, on average.</summary>
    private const double SaysItAfterMinutes = 1;

    /// <summary>By then whoever wrote in the night has been taken, or their wait is over.</summary>
    public const double UntilHour = Evening + HoursOfTheNight + 72;

    /// <summary>A wait ends by itself a day after the texter's last word, as the product has it; never for who is in danger.</summary>
    public static readonly TimeSpan QueueTimeout = TimeSpan.FromHours(24);

    /// <summary>From being taken to the first answer.</summary>
    public static readonly TimeSpan ToFirstAnswer = TimeSpan.FromSeconds(30);

    // Hour by hour from midnight, as share of the average: few in the morning, most before midnight.
    private static readonly double[] UsualByHour =
        [1.5, 1.2, 0.9, 0.6, 0.4, 0.3, 0.3, 0.4, 0.6, 0.7, 0.8, 0.8, 0.9, 0.9, 0.9, 1.0, 1.1, 1.1, 1.2, 1.4, 1.6, 1.8, 1.9, 1.7];

    /// <summary>Something happens at nine: for two hours eight times as many write as usual, and it is morning before it is over.</summary>
    public static readonly double[] Spike = [1, 1, 1, 8, 8, 6, 4.5, 3.4, 2.6, 2, 1.5, 1.2];

    /// <summary>Eight times as many all night long, with twice that in the hour in which it happens: worse than has been seen.</summary>
    public static readonly double[] AllNight = [4, 4.8, 6.4, 15.2, 12.8, 9.6, 8, 7.2, 6.4, 5.6, 4.8, 4.8];

    private static readonly (RiskLevel Level, double Share)[] Others = [(RiskLevel.None, 0.5), (RiskLevel.Low, 0.34), (RiskLevel.Moderate, 0.16)];

    /// <summary>As many as the usual load of a night asks for, and by so much more; the same all the time.</summary>
    public int Responders => (int)Math.Ceiling(Staffed * UsualPerHour * UsualOfTheNight * MeanMinutes / 60 / MaxConcurrent);

    /// <summary>How many conversations can be held at once.</summary>
    public int Places => MaxConcurrent * Responders;

    /// <summary>Arrivals an hour: the usual day before and after the night, and in it the surge.</summary>
    public double Rate(double hour)
    {
        var usual = UsualPerHour * UsualByHour[(int)hour % 24];
        return IsInTheNight(hour) ? usual * Factors[(int)hour - Evening] : usual;
    }

    public static bool IsInTheNight(double hour) => hour is >= Evening and < Evening + HoursOfTheNight;

    /// <summary>Everybody who writes from noon on, the same for every order of the queue.</summary>
    public List<Arrival> Draw(int seed, double[][] heldFor)
    {
        var random = new Random(seed);
        var most = Enumerable.Range(12, 48).Max(hour => Rate(hour));
        var arrivals = new List<Arrival>();
        for (var hour = 12.0; hour < UntilHour;)
        {
            hour += -Math.Log(1 - random.NextDouble()) / most;
            if (random.NextDouble() * most >= Rate(hour))
            {
                continue;
            }

            var level = AnyLevel(random);
            arrivals.Add(new Arrival(
                hour, level, (RiskLevel)Any(random, heldFor[(int)level]), hour + SaysItAfter(random),
                MedianMinutes / 60 * Math.Exp(Spread * Normal(random))));
        }

        return arrivals;
    }

    private static readonly double UsualOfTheNight = Enumerable.Range(0, HoursOfTheNight).Average(at => UsualByHour[(Evening + at) % 24]);

    private static double SaysItAfter(Random random) =>
        random.NextDouble() < 0.5 ? 0 : -Math.Log(1 - random.NextDouble()) * SaysItAfterMinutes / 60;

    private RiskLevel AnyLevel(Random random) =>
        random.NextDouble() < Severe
            ? random.NextDouble() < ImminentOfSevere ? RiskLevel.Imminent : RiskLevel.High
            : Others[Any(random, [.. Others.Select(other => other.Share)])].Level;

    private static int Any(Random random, double[] shares)
    {
        var drawn = random.NextDouble();
        for (var at = 0; at < shares.Length - 1; at++)
        {
            drawn -= shares[at];
            if (drawn < 0)
            {
                return at;
            }
        }

        return shares.Length - 1;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

/// <param name="At">In hours since midnight before the night.</param>
/// <param name="Level">How much danger the texter is in.</param>
/// <param name="Held">How much danger triage takes them to be in.</param>
/// <param name="SaidAt">When they say what that rests on.</param>
/// <param name="Takes">How long the conversation will take, in hours.</param>
internal sealed record Arrival(double At, RiskLevel Level, RiskLevel Held, double SaidAt, double Takes);

/// <summary>Whose levels the queue goes by.</summary>
internal enum SurgeLevels
{
    /// <summary>Nobody's: first come, first served.</summary>
    None,

    /// <summary>Those that triage gives, as often wrong as it was with the held-out conversations.</summary>
    Measured,

    /// <summary>The right ones.</summary>
    Right,
}

/// <summary>The order in which those who wait are taken.</summary>
internal sealed record SurgePolicy(string Name, string Words, SurgeLevels Levels, RiskCredits Credits)
{
    private static readonly RiskCredits Usual = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(4), TimeSpan.FromHours(24));

    // So that severe risk comes before everybody who is still in the queue, and imminent before that.
    private static readonly RiskCredits Wide = Usual with { High = TimeSpan.FromHours(24), Imminent = TimeSpan.FromHours(48) };

    public static readonly SurgePolicy[] All =
    [
        new("arrival", "First come,|first served", SurgeLevels.None, Usual),
        new("usual", "Triage|as it is shipped", SurgeLevels.Measured, Usual),
        new("usual-right", "The same, if triage|made no mistakes", SurgeLevels.Right, Usual),
        new("wide", "Triage, credits|of 24 h and 48 h", SurgeLevels.Measured, Wide),
        new("wide-right", "The same, if triage|made no mistakes", SurgeLevels.Right, Wide),
    ];

    public RiskLevel LevelOf(Arrival arrival) => Levels switch
    {
        SurgeLevels.Measured => arrival.Held,
        SurgeLevels.Right => arrival.Level,
        _ => RiskLevel.None,
    };
}

internal static class SurgeRun
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How long each waited for a first answer; null where the wait ended by itself, as it does for who is in no danger.</summary>
    public static TimeSpan?[] Waits(SurgeSetting setting, IReadOnlyList<Arrival> arrivals, SurgePolicy policy)
    {
        var waits = new TimeSpan?[arrivals.Count];
        var gone = new bool[arrivals.Count];
        var happens = new PriorityQueue<(Event What, int Who), double>(arrivals.Select((arrival, who) => ((Event.Writes, who), arrival.At)));
        var waiting = new PriorityQueue<int, (DateTimeOffset Place, int Who)>();
        var held = 0;
        while (happens.TryDequeue(out var next, out var now))
        {
            switch (next.What)
            {
                case Event.Writes:
                    Stand(next.Who, RiskLevel.None);
                    happens.Enqueue((Event.SaysIt, next.Who), arrivals[next.Who].SaidAt);
                    break;
                case Event.SaysIt when !gone[next.Who]:
                    Stand(next.Who, policy.LevelOf(arrivals[next.Who]));
                    happens.Enqueue((Event.Expires, next.Who), now + SurgeSetting.QueueTimeout.TotalHours);
                    break;
                case Event.Expires when policy.LevelOf(arrivals[next.Who]) < RiskLevel.High:
                    gone[next.Who] = true;
                    break;
                case Event.Ends:
                    held--;
                    break;
                default:
                    break;
            }

            while (held < setting.Places && waiting.TryDequeue(out var who, out _))
            {
                // Who has been raised stands in two places, and is taken from the better.
                if (!gone[who])
                {
                    (gone[who], waits[who]) = (true, TimeSpan.FromHours(now - arrivals[who].At) + SurgeSetting.ToFirstAnswer);
                    held++;
                    happens.Enqueue((Event.Ends, who), now + arrivals[who].Takes);
                }
            }
        }

        return waits;

        void Stand(int who, RiskLevel level) => waiting.Enqueue(who, (policy.Credits.PlaceOf(Midnight.AddHours(arrivals[who].At), level), who));
    }

    private enum Event
    {
        Writes,
        SaysIt,
        Expires,
        Ends,
    }
}
