using System.Text;
using System.Text.Json;
using Chat.Api.Tests.Conversations;
using Chat.Domain.Conversations;

namespace Chat.Api.Tests.Escalations;

[Collection(TimedSuite.Name)]
public sealed class EscalationTests(TimedApi api)
{
    private static readonly object Patient = new { queueTimeoutMinutes = 43_200, escalationReminderMinutes = 5 };

    [Fact]
    public async Task Its_record_is_complete_from_the_first_word_to_the_outcome()
    {
        var shift = await Shift.BeginAsync(api, Patient);
        await GivenOnCallAsync(shift);
        var (_, id) = await shift.GivenAsync(ConversationState.Active);

        var opened = await Shift.ActAsync(shift.Responder, id, "escalate", new
        {
            type = "medical", urgency = "high", location = "the old mill", locationSource = "texter_said", reason = "took many pills",
        });
        Assert.Equal("escalated_medical", opened.GetProperty("state").GetString());
        Assert.Equal("Mobile crisis team", opened.GetProperty("contactedService").GetString());
        var escalation = opened.GetProperty("escalationId").GetGuid();
        var year = (await shift.NowAsync()).Year;
        Assert.Equal($"MED-{year}-000001", opened.GetProperty("referenceNumber").GetString());
        Assert.Equal(1, await shift.ToldAsync(shift.SupervisorId, "escalation_opened"));

        await (await shift.Supervisor.PostAsync($"/api/escalations/{escalation}/acknowledge")).ReadAsync(200);
        await (await shift.Supervisor.PostAsync($"/api/escalations/{escalation}/contacts", new
        {
            contact = "County dispatch", method = "phone", outcome = "ambulance sent", note = "ten minutes away",
        })).ReadAsync(200);
        await (await shift.Responder.PutAsync($"/api/escalations/{escalation}", new
        {
            urgency = "critical", location = "behind the old mill", locationSource = "texter_said", reason = "took many pills",
        })).ReadAsync(200);
        await Shift.ActAsync(shift.Responder, id, "resolve-escalation", new { outcome = "in hospital", note = "the sister is with them" });

        var record = await (await shift.Supervisor.GetAsync($"/api/escalations/{escalation}")).ReadAsync(200);
        Assert.Equal(
            ["opened", "notified", "acknowledged", "contacted", "changed", "resolved"],
            record.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("kind").GetString()));
        Assert.Equal(
            (shift.ResponderId, shift.SupervisorId, shift.ResponderId),
            (record.GetProperty("openedBy").GetGuid(), record.GetProperty("acknowledgedBy").GetGuid(), record.GetProperty("resolvedBy").GetGuid()));
        Assert.Equal(
            ("critical", "behind the old mill", "took many pills", "in hospital", "the sister is with them", "resolved"),
            (Text(record, "urgency"), Text(record, "location"), Text(record, "reason"), Text(record, "outcome"), Text(record, "outcomeNote"), Text(record, "status")));
        var steps = record.GetProperty("steps");
        Assert.Equal(("County dispatch", "phone", "ambulance sent", "ten minutes away"), (Text(steps[3], "contact"), Text(steps[3], "method"), Text(steps[3], "outcome"), Text(steps[3], "note")));
        Assert.Equal("the old mill", Text(steps[4], "note"));
        Assert.Equal("webhook", Text(record.GetProperty("sent")[0], "via"));
        Assert.Equal("active", await shift.StateAsync(id));
        Assert.Equal(1, await shift.ToldAsync(shift.SupervisorId, "escalation_resolved"));
        Assert.Equal(6, (await shift.TimelineAsync(id)).Count(entry => Text(entry, "kind") == "escalation"));
        (await shift.Supervisor.PostAsync($"/api/escalations/{escalation}/contacts", new { contact = "x", method = "phone", outcome = "y" })).Problem(409, "escalation.resolved");
        (await shift.Responder.PutAsync($"/api/escalations/{escalation}", new { urgency = "low" })).Problem(409, "escalation.resolved");

        await RequireSealedAsync(shift, "old mill", "many pills", "sister", "County dispatch", "ten minutes", "Mobile crisis");
    }

    [Fact]
    public async Task Who_has_nobody_on_call_is_told_so()
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var (_, id) = await shift.GivenAsync(ConversationState.Active);

        var opened = await Shift.ActAsync(shift.Responder, id, "escalate", new { type = "police", urgency = "imminent" });

        Assert.Equal(JsonValueKind.Null, opened.GetProperty("contactedService").ValueKind);
        Assert.StartsWith("POL-", opened.GetProperty("referenceNumber").GetString(), StringComparison.Ordinal);
        var record = await (await shift.Responder.GetAsync($"/api/escalations/{opened.GetProperty("escalationId").GetGuid()}")).ReadAsync(200);
        Assert.Equal(["opened"], record.GetProperty("steps").EnumerateArray().Select(step => Text(step, "kind")));
        (await shift.Responder.PostAsync($"/api/conversations/{id}/escalate", new { type = "fire", urgency = "high" })).Problem(400, "request.invalid");
    }

    [Fact]
    public async Task Reference_numbers_have_no_gap_and_no_twin_whoever_escalates_at_once()
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var elsewhere = await Shift.BeginAsync(api, Patient);
        var conversations = new List<Guid>();
        for (var index = 0; index < 20; index++)
        {
            conversations.Add((await shift.GivenAsync(ConversationState.Active)).Id);
        }

        // Each twice, and one that cannot be: what is refused draws no number.
        var (_, closed) = await shift.GivenAsync(ConversationState.Closed);
        var answers = await Task.WhenAll(conversations.Concat(conversations).Append(closed).Select((id, index) => shift.Responder.PostAsync(
            $"/api/conversations/{id}/escalate", new { type = index % 2 == 0 ? "medical" : "police", urgency = "high" })));

        var numbers = answers.Where(answer => answer.Status == 200).Select(answer => answer.Json.GetProperty("referenceNumber").GetString()!).ToList();
        Assert.Equal(21, answers.Count(answer => answer.Status == 409));
        Assert.Equal(Enumerable.Range(1, 20), numbers.Select(number => int.Parse(number[^6..], System.Globalization.CultureInfo.InvariantCulture)).Order());
        var (_, other) = await elsewhere.GivenAsync(ConversationState.EscalatedPolice);
        var first = (await (await elsewhere.Supervisor.GetAsync($"/api/escalations?conversationId={other}")).ReadAsync(200)).GetProperty("items")[0];
        Assert.EndsWith("-000001", Text(first, "referenceNumber"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Supervisors_are_reminded_until_somebody_acts()
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var (_, id) = await shift.GivenAsync(ConversationState.EscalatedMedical);
        var escalation = (await shift.ReadAsync(id)).GetProperty("escalationId").GetGuid();

        for (var reminders = 1; reminders <= 2; reminders++)
        {
            await api.PassAsync(TimeSpan.FromMinutes(5));
            await Eventually.Is(async () => await shift.ToldAsync(shift.SupervisorId, "escalation_unattended") == reminders, "supervisors are reminded");
        }

        await (await shift.Supervisor.PostAsync($"/api/escalations/{escalation}/acknowledge")).ReadAsync(200);
        await api.PassAsync(TimeSpan.FromMinutes(20));
        await api.RunAsync(new Application.Escalations.RemindOfEscalation(new(shift.Affiliate.Id), new(escalation)));

        Assert.Equal(2, await shift.ToldAsync(shift.SupervisorId, "escalation_unattended"));
        Assert.Equal(0, await api.AskAsync<long>("select count(*) from due_jobs where affiliate_id = $1 and kind = 'escalation'", shift.Affiliate.Id));
        var seen = (await (await shift.Supervisor.GetAsync("/api/supervision/overview")).ReadAsync(200)).GetProperty("escalations")[0];
        Assert.Equal((2, true), (seen.GetProperty("reminders").GetInt32(), seen.GetProperty("acknowledged").GetBoolean()));
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_is_resolved()
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var (_, id) = await shift.GivenAsync(ConversationState.EscalatedPolice);

        await Shift.ActAsync(shift.Responder, id, "resolve-escalation", new { outcome = "safe" });

        Assert.Equal(0, await api.AskAsync<long>("select count(*) from due_jobs where affiliate_id = $1 and kind = 'escalation'", shift.Affiliate.Id));
        Assert.Equal(JsonValueKind.Null, (await shift.ReadAsync(id)).GetProperty("escalationId").ValueKind);
    }

    [Fact]
    public async Task The_responder_goes_on_writing_while_help_is_on_its_way()
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var (texter, id) = await shift.GivenAsync(ConversationState.EscalatedMedical);

        await (await shift.Responder.PostAsync($"/api/conversations/{id}/messages", new { content = "Stay with me." })).ReadAsync(201);
        await shift.Affiliate.TextAsync(texter, "ok");

        await shift.UntilTextsAsync(texter, 1);
        Assert.Equal("escalated_medical", await shift.StateAsync(id));
        Assert.Equal(3, (await shift.Responder.MessagesAsync(id)).Count);
    }

    [Fact]
    public async Task A_supervisor_does_not_resolve_for_a_responder_who_is_there()
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var (_, id) = await shift.GivenAsync(ConversationState.EscalatedMedical);

        (await shift.Supervisor.PostAsync($"/api/conversations/{id}/resolve-escalation", new { outcome = "safe" })).Problem(403, "caller.forbidden");

        Assert.Equal("escalated_medical", await shift.StateAsync(id));
        Assert.Equal([true, false, false], await CanResolveAsync(shift, id));
        await api.ChangeAsync("update conversations set unattended = true where id = $1", id);
        Assert.Equal([true, true, false], await CanResolveAsync(shift, id));
        await api.ChangeAsync("update conversations set unattended = false where id = $1", id);
        Assert.DoesNotContain("resolve_escalation", (await shift.ReadAsync(id, shift.Supervisor)).GetProperty("availableTransitions").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task A_texter_who_stops_messages_while_help_is_on_its_way_leaves_the_case_to_be_resolved()
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var (texter, id) = await shift.GivenAsync(ConversationState.EscalatedPolice);
        var escalation = (await shift.ReadAsync(id)).GetProperty("escalationId").GetGuid();

        await shift.Affiliate.TextAsync(texter, "STOP");

        await shift.UntilAsync(id, ConversationState.Closed);
        await Eventually.Is(async () => await shift.ToldAsync(shift.SupervisorId, "opted_out_in_danger") == 1, "supervisors are told");
        var open = (await (await shift.Supervisor.GetAsync("/api/escalations?status=open")).ReadAsync(200)).GetProperty("items")[0];
        Assert.Equal(escalation, open.GetProperty("id").GetGuid());
        Assert.Equal([true, true, false], await CanResolveAsync(shift, id));
        await (await shift.Supervisor.PostAsync($"/api/escalations/{escalation}/contacts", new { contact = "Patrol", method = "radio", outcome = "found safe" })).ReadAsync(200);
        var resolved = await Shift.ActAsync(shift.Supervisor, id, "resolve-escalation", new { outcome = "found safe" });
        Assert.Equal("closed", Text(resolved, "state"));
        Assert.False((await (await shift.Supervisor.GetAsync($"/api/escalations/{escalation}")).ReadAsync(200)).GetProperty("canResolve").GetBoolean());
        Assert.Equal("resolved", Text(await (await shift.Supervisor.GetAsync($"/api/escalations/{escalation}")).ReadAsync(200), "status"));
        (await shift.Supervisor.PostAsync($"/api/conversations/{id}/resolve-escalation", new { outcome = "again" })).Problem(409, "conversation.transition_not_allowed");
        Assert.Equal("close_opted_out", (await shift.EventsAsync(id))[^1]);
    }

    // The responder who holds it, a supervisor and an admin.
    private static async Task<IEnumerable<bool>> CanResolveAsync(Shift shift, Guid id)
    {
        var escalation = (await shift.ReadAsync(id)).GetProperty("escalationId").GetGuid();
        var answers = new List<bool>();
        foreach (var caller in new[] { shift.Responder, shift.Supervisor, shift.Affiliate.Admin })
        {
            answers.Add((await (await caller.GetAsync($"/api/escalations/{escalation}")).ReadAsync(200)).GetProperty("canResolve").GetBoolean());
        }

        return answers;
    }

    private static async Task GivenOnCallAsync(Shift shift) =>
        await (await shift.Affiliate.Admin.PostAsync("/api/emergency-contacts", new
        {
            affiliateId = shift.Affiliate.Id, kind = "medical", name = "Mobile crisis team", onCall = true, webhookUrl = "https://contact.test/hooks/1",
            webhookSecret = Administration.Something.NewSecret(),
        })).ReadAsync(201);

    private async Task RequireSealedAsync(Shift shift, params string[] words)
    {
        foreach (var table in new[] { "escalations", "escalation_steps", "sendings", "notifications", "outbox", "messages" })
        {
            var stored = await api.AskAsync<string>($"select coalesce(string_agg(t::text, ''), '') from {table} t where affiliate_id = $1", shift.Affiliate.Id);
            foreach (var word in words)
            {
                Assert.DoesNotContain(word, stored, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(word)), stored, StringComparison.Ordinal);
            }
        }

        Assert.All(words, word => Assert.DoesNotContain(word, api.Logged, StringComparison.OrdinalIgnoreCase));
    }

    private static string? Text(JsonElement of, string member) => of.GetProperty(member).GetString();
}
