using Chat.Api.Tests.Conversations;
using Chat.Domain.Conversations;

namespace Chat.Api.Tests.Queue;

/// <summary>Days of arrivals that one responder cannot keep up with, over the queue as it is stored and claimed from.</summary>
[Collection(TimedSuite.Name)]
public sealed class QueueOrderTests(TimedApi api)
{
    private const int Steps = 70;

    private static readonly RiskCredits Credits = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(4), TimeSpan.FromHours(24));

    [Theory]
    [InlineData(7)]
    [InlineData(11)]
    [InlineData(23)]
    public async Task Whatever_arrives_no_waiting_texter_is_overtaken_for_ever(int seed)
    {
        var days = new Days(api, await Shift.BeginAsync(api, new { queueTimeoutMinutes = 43_200, transferTimeoutSeconds = 86_400 }, maxConcurrent: 50), seed);
        for (var step = 0; step < Steps; step++)
        {
            await days.StepAsync();
        }

        Assert.True(days.Claims >= 10, "enough are taken to see an order");
        Assert.True(days.MostPassed > TimeSpan.FromHours(4), "people in danger are taken before others who began to wait long before them");
    }

    /// <summary>What happens is the seed's; what the queue makes of it is the product's.</summary>
    private sealed class Days(TimedApi api, Shift shift, int seed)
    {
        private static readonly string[] Said =
        [
            "i had a bad day at school", "nobody would miss me", "i want to die", "I am going to kill myself tonight", "is somebody there?",
        ];

        private readonly Random _random = new(seed);
        private readonly List<(string Texter, Guid Id)> _all = [];
        private readonly List<Guid> _held = [];

        public int Claims { get; private set; }

        /// <summary>How much later than somebody who was left waiting one who was taken had begun to wait.</summary>
        public TimeSpan MostPassed { get; private set; } = TimeSpan.MinValue;

        public async Task StepAsync()
        {
            await api.PassAsync(TimeSpan.FromMinutes(_random.Next(0, 180)));

            // Somebody who is gone for the lease would have theirs returned at a moment of the platform's own.
            await (await shift.Responder.PutAsync("/api/presence", new { status = "available" })).ReadAsync(200);
            switch (_random.Next(0, 8))
            {
                case <= 3:
                    _all.Add(await shift.Affiliate.GivenWaitingAsync(AnyOf(Said)));
                    break;
                case 4 when _all.Count > 0:
                    // Who is answered already writes too: that changes no one's place.
                    Assert.Equal(200, (await shift.Affiliate.TextAsync(AnyOf(_all).Texter, AnyOf(Said))).Status);
                    break;
                case 5 when _held.Count > 0:
                    await ReturnAsync(AnyOf(_held));
                    break;
                case >= 6:
                    await ClaimAsync();
                    break;
                default:
                    break;
            }
        }

        // They keep their place in time: waiting twice must not cost them twice.
        private async Task ReturnAsync(Guid id)
        {
            _held.Remove(id);
            await Shift.ActAsync(shift.Responder, id, "return-to-queue", new { note = "Please go on here." });
        }

        private async Task ClaimAsync()
        {
            await JudgedAsync();
            var waiting = await WaitingAsync();
            var listed = (await (await shift.Responder.GetAsync("/api/queue?limit=200")).ReadAsync(200)).GetProperty("items").EnumerateArray()
                .Select(item => item.GetProperty("conversationId").GetGuid());
            Assert.Equal(waiting.OrderBy(one => (Credits.PlaceOf(one.QueuedAt, one.Level), one.Id.ToString())).Select(one => one.Id), listed);
            var answer = await shift.Responder.PostAsync("/api/queue/claim");
            if (waiting.Count == 0)
            {
                Assert.Equal(204, answer.Status);
                return;
            }

            var id = (await answer.ReadAsync(200)).GetProperty("id").GetGuid();
            var taken = waiting.Single(one => one.Id == id);
            foreach (var left in waiting.Where(one => one.Id != id))
            {
                var passed = taken.QueuedAt - left.QueuedAt;
                Assert.True(passed <= Credits.MostOvertakenBy(left.Level), $"Somebody was overtaken by who came {passed} later.");
                MostPassed = passed > MostPassed ? passed : MostPassed;
            }

            _held.Add(id);
            Claims++;
        }

        private Task JudgedAsync() => Eventually.Is(
            async () => await api.AskAsync<long>("select count(*) from due_jobs where affiliate_id = $1 and kind = 'risk'", shift.Affiliate.Id) == 0,
            "what was written is judged");

        private async Task<List<Waiter>> WaitingAsync()
        {
            var rows = await api.AskAsync<string[]>(
                """
                select coalesce(array_agg(id || ' ' || risk_level || ' ' || (extract(epoch from queued_at) * 1000000)::bigint), '{}')
                from conversations
                where affiliate_id = $1 and state = 'queued'
                """,
                shift.Affiliate.Id);
            return [.. rows.Select(row => row.Split(' ')).Select(row => new Waiter(
                Guid.Parse(row[0]), Enum.Parse<RiskLevel>(row[1], ignoreCase: true),
                DateTimeOffset.UnixEpoch.AddMicroseconds(long.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture))))];
        }

        private T AnyOf<T>(IReadOnlyList<T> some) => some[_random.Next(some.Count)];
    }

    private sealed record Waiter(Guid Id, RiskLevel Level, DateTimeOffset QueuedAt);
}
