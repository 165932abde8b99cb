using Chat.Domain.Conversations;

namespace Chat.Api.Tests.Conversations;

/// <summary>
/// The authorisation table of the platform's specification, every cell both ways: what is "Yes" is done, what is "No" is refused. Surveys
/// are not in it, for there are none to manage yet.
/// </summary>
[Collection(ApiSuite.Name)]
public sealed class AuthorisationTableTests(ChatApi api)
{
    private static readonly string[] Kinds = ["programs", "users", "keywords"];

#pragma warning disable format // read as columns
    /// <summary>What responders, supervisors and admins get. The conversation is the holder's, who is a responder.</summary>
    private static readonly (string Resource, string Act, ConversationState State, int Responder, int Colleague, int Supervisor, int Admin)[] Table =
    [
        //                                                                                     own  another's supervisor admin
        ("conversations", "GET ",                                 ConversationState.Active,           200, 404, 200, 200),
        ("conversations", "GET messages",                         ConversationState.Active,           200, 404, 200, 200),
        ("conversations", "GET timeline",                         ConversationState.Active,           200, 404, 200, 200),
        ("conversations", "GET follow-ups",                       ConversationState.WrapUp,           200, 404, 200, 200),
        ("conversations", "GET report",                           ConversationState.WrapUp,           200, 404, 200, 200),
        ("conversations", "POST messages",                        ConversationState.Active,           201, 404, 403, 403),
        ("conversations", "POST start",                           ConversationState.Assigned,         200, 404, 403, 403),
        ("conversations", "PUT tags",                             ConversationState.Active,           200, 404, 403, 403),
        ("conversations", "POST wrap-up",                         ConversationState.Active,           200, 404, 403, 403),
        ("conversations", "PUT report",                           ConversationState.WrapUp,           200, 404, 403, 403),
        ("conversations", "POST follow-ups",                      ConversationState.WrapUp,           200, 404, 403, 403),
        ("conversations", "POST close",                           ConversationState.Active,           200, 404, 403, 403),
        // Supervisors watch over: they whisper, and take a texter back for the queue.
        ("conversations", "POST note",                            ConversationState.Active,           201, 404, 201, 403),
        ("conversations", "POST return-to-queue",                 ConversationState.Active,           200, 404, 200, 403),
        ("queue",         "GET queue",                            ConversationState.Queued,           200, 200, 200, 200),
        ("queue",         "POST queue/claim",                     ConversationState.Queued,           200, 200, 403, 403),
        ("queue",         "POST claim",                           ConversationState.Queued,           200, 200, 403, 403),
        ("escalate",      "POST escalate",                        ConversationState.Active,           200, 404, 403, 403),
        ("escalate",      "POST resolve-escalation",              ConversationState.EscalatedMedical, 200, 404, 403, 403),
        ("escalate",      "GET escalation",                       ConversationState.EscalatedMedical, 200, 404, 200, 200),
        ("escalate",      "POST escalation/acknowledge",          ConversationState.EscalatedMedical, 200, 404, 200, 403),
        ("escalate",      "POST escalation/contacts",             ConversationState.EscalatedMedical, 200, 404, 200, 403),
        ("escalate",      "PUT escalation",                       ConversationState.EscalatedMedical, 200, 404, 200, 403),
        ("transfer",      "GET transfer-targets",                 ConversationState.Active,           200, 404, 403, 403),
        ("transfer",      "POST transfer",                        ConversationState.Active,           200, 404, 403, 403),
        ("transfer",      "POST cancel-transfer",                 ConversationState.Transferred,      200, 409, 403, 403),
        ("transfer",      "POST accept-transfer",                 ConversationState.Transferred,      409, 200, 403, 403),
        ("transfer",      "POST decline-transfer",                ConversationState.Transferred,      409, 200, 403, 403),
        ("floor",         "GET overview",                         ConversationState.Queued,           403, 403, 200, 200),
        ("floor",         "PUT presence",                         ConversationState.Queued,           200, 200, 200, 403),
    ];
#pragma warning restore format

    [Fact]
    public async Task Every_cell_of_conversations_queue_escalation_and_transfer()
    {
        var shift = await Shift.BeginAsync(api);
        var platform = api.Platform;
        var foreigner = (await (await api.GivenAffiliateAsync()).GivenUserAsync("supervisor")).Client;
        var wrong = new List<string>();
        foreach (var row in Table)
        {
            (string Who, Client Client, int Expected)[] cells =
            [
                ("responder", shift.Responder, row.Responder), ("colleague", shift.Colleague, row.Colleague), ("supervisor", shift.Supervisor, row.Supervisor),
                ("admin", shift.Affiliate.Admin, row.Admin), ("nobody", api.Anonymous, 401),
            ];
            foreach (var (who, client, expected) in cells)
            {
                var (_, id) = await shift.GivenAsync(row.State);
                var before = (await shift.ReadAsync(id)).GetRawText();

                var answer = await ActAsync(client, row.Act, shift, id);

                if (answer.Status != expected)
                {
                    wrong.Add($"{who} {row.Act}: {answer.Status} instead of {expected} {answer.Text}");
                }

                if (expected >= 400 && (await shift.ReadAsync(id)).GetRawText() != before)
                {
                    wrong.Add($"{who} {row.Act} was refused and changed something");
                }
            }

            // Neither the installation's admin nor another affiliate's people see anything of it.
            var (_, other) = await shift.GivenAsync(row.State);
            var (byPlatform, byForeigner) = (await ActAsync(platform, row.Act, shift, other), await ActAsync(foreigner, row.Act, shift, other));
            if (byPlatform.Status != 403 || (IsAboutOne(row.Act) && byForeigner.Status is not (404 or 403)) || (IsAboutOne(row.Act) && row.Supervisor < 400 && byForeigner.Status != 404))
            {
                wrong.Add($"from outside {row.Act}: {byPlatform.Status}, {byForeigner.Status}");
            }

            await EmptyAsync(shift);
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Every_cell_of_administration()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var keyword = await affiliate.GivenKeywordAsync("HELLO");
        var (responder, responderId) = await affiliate.GivenResponderAsync();
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");
        var ids = new Dictionary<string, Guid> { ["programs"] = affiliate.ProgramId, ["users"] = responderId, ["keywords"] = keyword, ["affiliates"] = affiliate.Id };
        var wrong = new List<string>();
        foreach (var (kind, id) in ids)
        {
            (string Who, Client Client, bool May)[] cells =
            [
                ("responder", responder, false), ("supervisor", supervisor, false),
                // An affiliate's admin manages what is in it; affiliates themselves are the platform admin's.
                ("admin", affiliate.Admin, Kinds.Contains(kind)), ("platform admin", api.Platform, true),
            ];
            foreach (var (who, client, may) in cells)
            {
                // Each operation as far as the permission: a body that is empty is refused only to whoever may ask at all.
                (string Act, Answer Answer, int IfAllowed)[] acts =
                [
                    ("list", await client.GetAsync($"/api/{kind}"), 200), ("read", await client.GetAsync($"/api/{kind}/{id}"), 200),
                    ("create", await client.PostAsync($"/api/{kind}", new { }), 400), ("change", await client.PutAsync($"/api/{kind}/{id}", new { }, ("If-Match", "\"1\"")), 400),
                    ("delete", await client.DeleteAsync($"/api/{kind}/{Guid.CreateVersion7()}"), 404),
                ];
                wrong.AddRange(acts.Where(act => act.Answer.Status != (may ? act.IfAllowed : 403)).Select(act => $"{who} {act.Act} {kind}: {act.Answer.Status}"));
            }
        }

        Assert.Empty(wrong);
    }

    private static bool IsAboutOne(string act) => act is not ("GET queue" or "POST queue/claim" or "GET overview" or "PUT presence");

    private static async Task<Answer> ActAsync(Client caller, string act, Shift shift, Guid id)
    {
        var path = $"/api/conversations/{id}";
        switch (act)
        {
            case "GET ":
                return await caller.GetAsync(path);
            case "GET queue":
                return await caller.GetAsync("/api/queue");
            case "POST queue/claim":
                return await caller.PostAsync("/api/queue/claim");
            case "GET overview":
                return await caller.GetAsync("/api/supervision/overview");
            case "PUT presence":
                return await caller.PutAsync("/api/presence", new { status = "available" });
            case "POST note":
                return await caller.PostAsync($"{path}/messages", new { content = "Take your time.", kind = "note" });
        }

        var (method, what) = (act.Split(' ')[0], act.Split(' ')[1]);
        if (what.StartsWith("escalation", StringComparison.Ordinal))
        {
            path = $"/api/escalations/{(await shift.ReadAsync(id)).GetProperty("escalationId").GetGuid()}";
            what = what["escalation".Length..].TrimStart('/');
        }

        return await caller.SendAsync(new HttpMethod(method), $"{path}/{what}".TrimEnd('/'), method == "GET" ? null : BodyOf(act, shift));
    }

    private static object BodyOf(string act, Shift shift) => act switch
    {
        "POST messages" => new { content = "I am here." },
        "PUT tags" => new { tags = new[] { "school" } },
        "PUT report" => new { note = "They will see a friend." },
        "POST follow-ups" => new { scheduledFor = DateTimeOffset.UtcNow.AddDays(1), message = "How are you?" },
        "POST return-to-queue" => new { note = "My shift ends." },
        "POST escalate" => new { type = "medical", urgency = "high" },
        "POST resolve-escalation" => new { outcome = "safe" },
        "POST escalation/contacts" => new { contact = "County dispatch", method = "phone", outcome = "on their way" },
        "PUT escalation" => new { urgency = "critical" },
        "POST transfer" => new { toResponderId = shift.ColleagueId, note = "Please take over." },
        _ => new { },
    };

    // So that no row meets what another has left.
    private async Task EmptyAsync(Shift shift) => await api.ChangeAsync(
        "update conversations set state = 'closed', closed_at = now() where affiliate_id = $1 and state not in ('closed', 'expired', 'failed')", shift.Affiliate.Id);
}
