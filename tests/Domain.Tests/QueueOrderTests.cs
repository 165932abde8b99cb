using Chat.Domain.Conversations;

namespace Chat.Domain.Tests;

/// <summary>Whatever arrives, in whatever order: no waiting texter is overtaken for ever.</summary>
public sealed class QueueOrderTests
{
    private const int Seeds = 200;
    private const int StepsOfANight = 400;

    private static readonly DateTimeOffset Evening = new(2026, 11, 20, 18, 0, 0, TimeSpan.Zero);
    private static readonly RiskCredits Usual = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(4), TimeSpan.FromHours(24));

    public static TheoryData<int, RiskCredits> Nights()
    {
        var nights = new TheoryData<int, RiskCredits>();
        foreach (var seed in Enumerable.Range(1, Seeds))
        {
            nights.Add(seed, Usual);
        }

        // An installation may set them as it likes: all nothing, the same, or the wrong way round.
        foreach (var (low, moderate, high, imminent) in new[] { (0, 0, 0, 0), (60, 60, 60, 60), (600, 60, 30, 5) })
        {
            nights.Add(
                Seeds + low,
                new RiskCredits(TimeSpan.FromMinutes(low), TimeSpan.FromMinutes(moderate), TimeSpan.FromMinutes(high), TimeSpan.FromMinutes(imminent)));
        }

        return nights;
    }

    [Theory]
    [MemberData(nameof(Nights))]
    public void Nobody_is_overtaken_by_whoever_came_later_than_the_largest_credit_less_their_own(int seed, RiskCredits credits)
    {
        var night = new Night(seed, waiting => waiting.MinBy(one => (credits.PlaceOf(one.QueuedAt, one.Level), one.Number))!);

        var longestOvertaking = night.Run(
            (taken, waiting) => taken.QueuedAt - waiting.QueuedAt - credits.MostOvertakenBy(waiting.Level));

        Assert.True(longestOvertaking <= TimeSpan.Zero, $"Somebody was overtaken by who came {longestOvertaking} later than may be.");
    }

    [Fact]
    public void Whoever_is_in_more_danger_comes_first_of_those_who_began_to_wait_at_the_same_time()
    {
        var places = Enum.GetValues<RiskLevel>().Select(level => Usual.PlaceOf(Evening, level)).ToList();

        Assert.Equal(places.OrderDescending(), places);
        Assert.Equal(places.Count, places.Distinct().Count());
    }

    [Fact]
    public void An_order_by_level_alone_would_let_people_starve()
    {
        var night = new Night(seed: 1, waiting => waiting.MinBy(one => (-(int)one.Level, one.QueuedAt, one.Number))!);

        Assert.True(night.Run((taken, waiting) => taken.QueuedAt - waiting.QueuedAt - Usual.MostOvertakenBy(waiting.Level)) > TimeSpan.Zero);
    }

    [Theory]
    [InlineData(RiskLevel.None, 24 * 60)]
    [InlineData(RiskLevel.Low, (24 * 60) - 5)]
    [InlineData(RiskLevel.High, 20 * 60)]
    [InlineData(RiskLevel.Imminent, 0)]
    public void How_far_each_level_can_be_overtaken_is_known(RiskLevel level, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), Usual.MostOvertakenBy(level));

    /// <summary>More people than can be answered, arriving, getting worse, judged to be better, and handed back, as the seed has it.</summary>
    private sealed class Night(int seed, Func<List<Waiter>, Waiter> next)
    {
        private readonly Random _random = new(seed);
        private readonly List<Waiter> _waiting = [];
        private readonly List<Waiter> _held = [];
        private DateTimeOffset _now = Evening;
        private int _arrived;

        /// <summary>The worst that happens to anybody who waits, each time that somebody is taken.</summary>
        public TimeSpan Run(Func<Waiter, Waiter, TimeSpan> judge)
        {
            var worst = TimeSpan.MinValue;
            for (var step = 0; step < StepsOfANight; step++)
            {
                _now += TimeSpan.FromMinutes(_random.Next(0, 40));
                switch (_random.Next(0, 8))
                {
                    case <= 3:
                        _waiting.Add(new Waiter(_arrived++, _now) { Level = AnyLevel() });
                        break;
                    case 4 when _waiting.Count > 0:
                        AnyOf(_waiting).Level = AnyLevel();
                        break;
                    case 5 when _held.Count > 0:
                        Return(AnyOf(_held));
                        break;
                    case >= 6 when _waiting.Count > 0:
                        var taken = next(_waiting);
                        _waiting.Remove(taken);
                        _held.Add(taken);
                        worst = _waiting.Select(waiting => judge(taken, waiting)).Append(worst).Max();
                        break;
                    default:
                        break;
                }
            }

            return worst;
        }

        // Handed back, they keep their place in time; who writes after an end waits from then on.
        private void Return(Waiter held)
        {
            _held.Remove(held);
            held.QueuedAt = _random.Next(0, 2) == 0 ? held.QueuedAt : _now;
            _waiting.Add(held);
        }

        private RiskLevel AnyLevel() => (RiskLevel)_random.Next(0, 5);

        private Waiter AnyOf(List<Waiter> some) => some[_random.Next(some.Count)];
    }

    private sealed class Waiter(int number, DateTimeOffset queuedAt)
    {
        public int Number => number;

        public DateTimeOffset QueuedAt { get; set; } = queuedAt;

        public RiskLevel Level { get; set; }
    }
}
