using System.Text.Json;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using static Chat.Domain.Conversations.ConversationState;
using static Chat.Domain.Conversations.ConversationTransition;

namespace Chat.Api.Tests.Conversations;

/// <summary>
/// Every state against every transition, by what brings the transition about: a call, a text, the clock, or the platform itself.
/// </summary>
[Collection(TimedSuite.Name)]
public sealed class LifecycleTableTests(TimedApi api)
{
    private const string AnotherNumber = "+18880000000";

    // By call: several transitions share a route, which takes the one that the conversation's state has.
    private static readonly Dictionary<string, ConversationTransition[]> Routes = new()
    {
        ["claim"] = [AssignResponder],
        ["start"] = [StartConversation],
        ["surveys"] = [SendEntrySurvey],
        ["transfer"] = [TransferToResponder],
        ["accept-transfer"] = [AcceptTransfer],
        ["decline-transfer"] = [DeclineTransfer],
        ["cancel-transfer"] = [CancelTransfer],
        ["escalate medical"] = [EscalateToMedical],
        ["escalate police"] = [EscalateToPolice],
        ["resolve-escalation"] = [ResolveEscalation, ResolvePoliceEscalation],
        ["wrap-up"] = [BeginWrapUp],
        ["follow-ups"] = [ScheduleFollowUp],
        ["return-to-queue"] = [ReturnToQueue],
        ["close"] = [CloseFromActive, CloseFromWrapUp, CloseFromFollowup],
    };

    // By themselves: what a text, the clock or the platform bring about.
    private static readonly ConversationTransition[] Unbidden = [RouteMessage, TimeoutExpire, TriggerFollowUp, Resume, CloseOptedOut, Fail];

    // Jobs that could be left behind, and the transition that each would bring about.
    private static readonly (string Job, ConversationTransition Brings)[] Jobs =
        [("queue", TimeoutExpire), ("follow_up", TriggerFollowUp), ("transfer", DeclineTransfer), ("texter", ReturnToQueue)];

    public static TheoryData<ConversationState> States => [.. Enum.GetValues<ConversationState>()];

    [Fact]
    public void Every_transition_is_tried() =>
        Assert.Equal(
            Enum.GetValues<ConversationTransition>(),
            Routes.Values.SelectMany(transitions => transitions).Concat(Unbidden).Order());

    [Theory]
    [MemberData(nameof(States))]
    public async Task What_a_state_does_not_allow_is_refused_and_changes_nothing(ConversationState state)
    {
        var shift = await GivenShiftAsync();
        var (texter, id) = await shift.GivenAsync(state);
        await GivenSightAsync(shift, state, texter);
        var before = await SettledAsync(shift, id);
        var wrong = new List<string>();

        foreach (var (route, transitions) in Routes.Where(route => !route.Value.Any(transition => IsLegal(state, transition))))
        {
            foreach (var caller in IllegalCallers(shift, route))
            {
                var answer = await CallAsync(shift, caller, route, id);
                if (!IsRefusal(answer, state, transitions))
                {
                    wrong.Add($"{route}: {answer.Status} {answer.Text}");
                }
            }
        }

        await LeaveBehindAsync(shift, [.. Jobs.Where(job => !IsLegal(state, job.Brings) || job.Job == "texter").Select(job => job.Job)], id);
        if (!IsLegal(state, Fail))
        {
            await shift.FailAsync(id);
        }

        Assert.Empty(wrong);
        Assert.Equal(before, await SettledAsync(shift, id));
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task What_a_state_allows_is_done_and_the_answer_says_what_can_follow(ConversationState state)
    {
        var shift = await GivenShiftAsync();
        foreach (var row in ConversationLifecycle.From(state))
        {
            var (texter, id) = await shift.GivenAsync(state);
            var before = await shift.ReadAsync(id);

            if (Unbidden.Contains(row.When))
            {
                await BringAboutAsync(shift, row.When, texter, id);
                await shift.UntilAsync(id, row.To);
            }
            else
            {
                var route = Routes.Single(route => route.Value.Contains(row.When)).Key;
                var caller = row.When is AcceptTransfer or DeclineTransfer ? shift.Colleague : shift.Responder;
                var answer = await (await CallAsync(shift, caller, route, id)).ReadAsync(200);
                Assert.Equal(row.To.Name(), answer.GetProperty("state").GetString());
                Assert.Equal(Following(row.To, answer.GetProperty("responderId"), caller == shift.Colleague ? shift.ColleagueId : shift.ResponderId), Offered(answer));
            }

            var after = await shift.ReadAsync(id);
            Assert.Equal(before.GetProperty("version").GetInt64() + 1, after.GetProperty("version").GetInt64());
            var last = (await shift.TimelineAsync(id)).Last(entry => entry.GetProperty("kind").GetString() == "transition");
            Assert.Equal(
                (row.When.Name(), row.From.Name(), row.To.Name()),
                (last.GetProperty("event").GetString(), last.GetProperty("fromState").GetString(), last.GetProperty("toState").GetString()));
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task A_text_moves_only_where_the_table_says_so_and_is_never_lost(ConversationState state)
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.GivenAsync(state);
        var before = await SettledAsync(shift, id);
        var events = await shift.EventsAsync(id);

        Assert.Equal(200, (await shift.Affiliate.TextAsync(texter, "are you still there?")).Status);

        var expected = IsLegal(state, RouteMessage) ? RouteMessage : IsLegal(state, Resume) ? Resume : (ConversationTransition?)null;
        if (expected is { } moved)
        {
            await Eventually.Is(async () => (await shift.EventsAsync(id)).Count > events.Count, "the text moves the conversation");
            Assert.Equal([.. events, moved.Name()], await shift.EventsAsync(id));
        }
        else
        {
            Assert.Equal(events, await shift.EventsAsync(id));
        }

        var holding = await ConversationWithAsync(shift, "are you still there?", id);
        Assert.Equal(ConversationLifecycle.Terminal.Contains(state), holding != id);
        if (holding != id)
        {
            Assert.Equal(before, await SettledAsync(shift, id));
            Assert.Equal("queued", await shift.StateAsync(holding));
        }
    }

    [Theory]
    [InlineData(Closed)]
    [InlineData(Expired)]
    [InlineData(Failed)]
    public async Task A_stop_after_the_end_changes_nothing_in_what_has_ended(ConversationState ended)
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.GivenAsync(ended);
        var before = await SettledAsync(shift, id);

        await shift.Affiliate.TextAsync(texter, "STOP");

        await shift.UntilAsync(await ConversationWithAsync(shift, "STOP", id), Closed);
        Assert.Equal(before, await SettledAsync(shift, id));
    }

    /// <summary>With a survey that can be sent.</summary>
    private async Task<Shift> GivenShiftAsync()
    {
        var shift = await Shift.BeginAsync(api);
        await (await shift.Affiliate.Admin.PostAsync("/api/surveys", new
        {
            programId = shift.Affiliate.ProgramId, type = "entry", title = "Before we begin",
            questions = new[] { new { text = "Is this the first time that you write to us?", kind = "yes_no" } },
        })).ReadAsync(201);
        return shift;
    }

    private static bool IsLegal(ConversationState state, ConversationTransition transition) => ConversationLifecycle.From(state).Any(row => row.When == transition);

    // Those who could think that it is theirs to do. Taking is for whoever does not hold it.
    private static IEnumerable<Client> IllegalCallers(Shift shift, string route) => route switch
    {
        "claim" or "accept-transfer" => [shift.Colleague],
        "return-to-queue" => [shift.Responder, shift.Supervisor],
        _ => [shift.Responder],
    };

    private static Task<Answer> CallAsync(Shift shift, Client caller, string route, Guid id) =>
        caller.PostAsync($"/api/conversations/{id}/{route.Split(' ')[0]}", route switch
        {
            "surveys" => new { type = "entry" },
            "transfer" => new { toResponderId = shift.ColleagueId, note = "Please take over." },
            "escalate medical" => new { type = "medical", urgency = "high" },
            "escalate police" => new { type = "police", urgency = "high" },
            "resolve-escalation" => new { outcome = "safe" },
            "follow-ups" => new { scheduledFor = DateTimeOffset.UtcNow.AddDays(100), message = "How are you?" },
            "return-to-queue" => new { note = "I have to go." },
            _ => null,
        });

    /// <summary>409 with the state and the transition; who comes second to take a conversation hears that, and nothing else.</summary>
    private static bool IsRefusal(Answer answer, ConversationState state, ConversationTransition[] transitions)
    {
        if (answer.Status != 409)
        {
            return false;
        }

        var problem = answer.Json;
        return problem.GetProperty("code").GetString() switch
        {
            "conversation.transition_not_allowed" => problem.GetProperty("state").GetString() == state.Name()
                && transitions.Any(transition => transition.Name() == problem.GetProperty("transition").GetString()),
            "conversation.already_assigned" => transitions is [AssignResponder] && state is not (New or Queued or Closed or Expired or Failed),
            _ => false,
        };
    }

    private async Task BringAboutAsync(Shift shift, ConversationTransition transition, string texter, Guid id)
    {
        switch (transition)
        {
            case RouteMessage or Resume:
                await shift.Affiliate.TextAsync(texter, "I do need somebody");
                break;
            case CloseOptedOut:
                await shift.Affiliate.TextAsync(texter, "STOP");
                break;
            case TimeoutExpire:
                await api.PassAsync(Shift.QueueTimeout);
                break;
            case TriggerFollowUp:
                await api.PassAsync(Shift.UntilFollowUp);
                break;
            case Fail:
                await shift.FailAsync(id);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(transition), transition, null);
        }
    }

    // Nobody holds these, so a responder sees them only while they hold another of the texter's, on another number.
    private static async Task GivenSightAsync(Shift shift, ConversationState state, string texter)
    {
        if (state is not (New or Expired or Failed))
        {
            return;
        }

        var affiliate = shift.Affiliate;
        var number = AnotherNumber[..^7] + affiliate.Number[^7..];
        await (await affiliate.Admin.PostAsync("/api/channels", new
        {
            programId = affiliate.ProgramId, provider = "twilio", address = number,
            credentials = new { accountSid = affiliate.AccountSid, authToken = affiliate.AuthToken },
        })).ReadAsync(201);
        await affiliate.TextAsync(texter, "I wrote to the other number before", more: ("To", number));
        await (await shift.Responder.PostAsync("/api/queue/claim")).ReadAsync(200);
    }

    private async Task LeaveBehindAsync(Shift shift, string[] jobs, Guid id)
    {
        await api.ChangeAsync(
            "insert into due_jobs (affiliate_id, kind, subject_id, due_at) select $1, kind, $3, now() from unnest($2) kind on conflict do nothing",
            shift.Affiliate.Id, jobs, id);
        api.LookAtJobs();
        await Eventually.Is(
            async () => await api.AskAsync<long>(
                "select count(*) from due_jobs where affiliate_id = $1 and kind = any($2) and subject_id = $3 and due_at <= now()", shift.Affiliate.Id, jobs, id) == 0,
            "jobs that were left behind are taken up");
    }

    /// <summary>All that there is to see of a conversation, once the provider has what is to go out.</summary>
    private static async Task<string> SettledAsync(Shift shift, Guid id)
    {
        var messages = await Eventually.Get(
            async () => await shift.Affiliate.Admin.MessagesAsync(id) is var all && all.All(message => message.GetProperty("status").GetString() != "queued") ? all : null,
            "what is to be sent is sent");
        return string.Join('\n', [(await shift.ReadAsync(id)).GetRawText(), .. await TimelineOfAsync(), .. messages.Select(message => message.GetRawText())]);

        async Task<IEnumerable<string>> TimelineOfAsync() => (await shift.TimelineAsync(id)).Select(entry => entry.GetRawText());
    }

    /// <summary>The one conversation of the texter's in which a text stands.</summary>
    private static async Task<Guid> ConversationWithAsync(Shift shift, string text, Guid first)
    {
        var texter = (await shift.ReadAsync(first)).GetProperty("texterId").GetGuid();
        var all = (await (await shift.Affiliate.Admin.GetAsync($"/api/conversations?texterId={texter}")).ReadAsync(200)).GetProperty("items").EnumerateArray();
        var holding = new List<Guid>();
        foreach (var id in all.Select(conversation => conversation.GetProperty("id").GetGuid()))
        {
            var messages = await shift.Affiliate.Admin.MessagesAsync(id);
            holding.AddRange(messages.Where(message => message.GetProperty("content").GetString() == text).Select(_ => id));
        }

        return Assert.Single(holding);
    }

    private static IEnumerable<string> Offered(JsonElement conversation) =>
        conversation.GetProperty("availableTransitions").EnumerateArray().Select(name => name.GetString()!);

    // What is offered to a caller: to the holder what is a responder's, but not their own offer; to another what can be taken.
    private static IEnumerable<string> Following(ConversationState state, JsonElement holder, Guid caller) =>
        ConversationLifecycle.From(state)
            .Where(row => row.By.HasFlag(Actor.Responder) && row.When is not (AcceptTransfer or DeclineTransfer))
            .Where(row => holder.ValueKind == JsonValueKind.Null ? row.When == AssignResponder : holder.GetGuid() == caller)
            .Select(row => row.When.Name());
}
