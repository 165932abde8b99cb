namespace Chat.Api.Tests.Conversations;

/// <summary>The authorisation table of conversations, as far as this release goes: every cell, both ways.</summary>
[Collection(ApiSuite.Name)]
public sealed class WhoMayTests(ChatApi api)
{
    private static readonly string[] Callers = ["holder", "colleague", "stranger", "supervisor", "admin", "platform", "foreign", "anonymous"];

#pragma warning disable format // read as columns
    /// <summary>What each caller gets for each act on a conversation that the holder holds and has begun.</summary>
    private static readonly Dictionary<string, int[]> Expected = new()
    {
        //                   holder colleague stranger supervisor admin platform foreign anonymous
        ["read"] =          [200,   404,      404,     200,       200,  403,     404,    401],
        ["read messages"] = [200,   404,      404,     200,       200,  403,     404,    401],
        ["read texter"] =   [200,   404,      404,     200,       200,  403,     404,    401],
        ["reply"] =         [201,   404,      404,     403,       403,  403,     404,    401],
        ["note"] =          [201,   404,      404,     201,       403,  403,     404,    401],
        ["tags"] =          [200,   404,      404,     403,       403,  403,     404,    401],
        ["claim"] =         [409,   409,      404,     403,       403,  403,     404,    401],
        ["start"] =         [409,   404,      404,     403,       403,  403,     404,    401],
        ["list"] =          [200,   200,      200,     200,       200,  403,     200,    401],
        ["queue"] =         [200,   200,      200,     200,       200,  403,     200,    401],
        ["claim next"] =    [204,   204,      204,     403,       403,  403,     204,    401],
        ["whom to call"] =  [200,   200,      200,     200,       200,  200,     200,    401],
        ["told"] =          [200,   200,      200,     200,       200,  200,     200,    401],
        ["unread"] =        [200,   200,      200,     200,       200,  200,     200,    401],
        ["mark read"] =     [200,   200,      200,     200,       200,  200,     200,    401],
        ["own wishes"] =    [200,   200,      200,     200,       200,  200,     200,    401],
        ["wish"] =          [200,   200,      200,     200,       200,  200,     200,    401],
        ["close"] =         [200,   404,      404,     403,       403,  403,     404,    401],
    };
#pragma warning restore format

    [Fact]
    public async Task Every_cell_of_the_table()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var elsewhere = await api.GivenAffiliateAsync();
        var otherProgram = await affiliate.GivenProgramAsync("Other line");
        var clients = new Dictionary<string, Client>
        {
            ["holder"] = (await affiliate.GivenResponderAsync()).Client,
            ["colleague"] = (await affiliate.GivenResponderAsync()).Client,
            ["stranger"] = (await affiliate.GivenResponderAsync(3, otherProgram)).Client,
            ["supervisor"] = (await affiliate.GivenUserAsync("supervisor")).Client,
            ["admin"] = affiliate.Admin,
            ["platform"] = api.Platform,
            ["foreign"] = (await elsewhere.GivenResponderAsync()).Client,
            ["anonymous"] = api.Anonymous,
        };
        var wrong = new List<string>();
        foreach (var (act, statuses) in Expected)
        {
            foreach (var (caller, expected) in Callers.Zip(statuses))
            {
                var (_, conversation) = await affiliate.GivenWaitingAsync();
                await (await clients["holder"].PostAsync($"/api/conversations/{conversation}/claim")).ReadAsync(200);
                await (await clients["holder"].PostAsync($"/api/conversations/{conversation}/start")).ReadAsync(200);
                var texter = (await (await affiliate.Admin.GetAsync($"/api/conversations/{conversation}")).ReadAsync(200)).GetProperty("texterId").GetGuid();

                var answer = await ActAsync(clients[caller], act, conversation, texter);

                if (answer.Status != expected)
                {
                    wrong.Add($"{caller} {act}: {answer.Status} instead of {expected} {answer.Text}");
                }

                var left = await (await affiliate.Admin.GetAsync($"/api/conversations/{conversation}")).ReadAsync(200);
                if (left.GetProperty("state").GetString() == "active")
                {
                    await (await clients["holder"].PostAsync($"/api/conversations/{conversation}/close")).ReadAsync(200);
                }
                else if (caller != "holder")
                {
                    wrong.Add($"{caller} {act} changed the conversation");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_list_shows_a_responder_their_own_and_those_who_wait_and_shows_a_supervisor_all()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (one, oneId) = await affiliate.GivenResponderAsync();
        var (other, _) = await affiliate.GivenResponderAsync();
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");
        var (_, held) = await affiliate.GivenWaitingAsync();
        await (await one.PostAsync($"/api/conversations/{held}/claim")).ReadAsync(200);
        var (_, waiting) = await affiliate.GivenWaitingAsync();

        Assert.Equal([waiting, held], await IdsAsync(one, ""));
        Assert.Equal([held], await IdsAsync(one, $"?responderId={oneId}"));
        Assert.Equal([waiting], await IdsAsync(other, ""));
        Assert.Equal([waiting, held], await IdsAsync(supervisor, ""));
        Assert.Equal([held], await IdsAsync(supervisor, "?state=assigned"));
        (await supervisor.GetAsync("/api/conversations?state=asleep")).Problem(400, "request.invalid");
    }

    [Fact]
    public async Task Whoever_holds_a_texters_open_conversation_may_read_their_earlier_ones()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (first, _) = await affiliate.GivenResponderAsync();
        var (second, _) = await affiliate.GivenResponderAsync();
        var (texter, earlier) = await affiliate.GivenWaitingAsync("the first time");
        await (await first.PostAsync($"/api/conversations/{earlier}/claim")).ReadAsync(200);
        await (await first.PostAsync($"/api/conversations/{earlier}/start")).ReadAsync(200);
        await (await first.PostAsync($"/api/conversations/{earlier}/close")).ReadAsync(200);
        Assert.Equal(404, (await second.GetAsync($"/api/conversations/{earlier}/messages")).Status);

        await affiliate.TextAsync(texter, "the second time");
        var later = await (await second.PostAsync("/api/queue/claim")).ReadAsync(200);

        Assert.Equal("the first time", (await second.MessagesAsync(earlier))[0].GetProperty("content").GetString());
        (await second.PostAsync($"/api/conversations/{earlier}/messages", new { content = "x" })).Problem(409, "conversation.held_by_another");
        await (await second.PostAsync($"/api/conversations/{later.GetProperty("id").GetGuid()}/start")).ReadAsync(200);
        await (await second.PostAsync($"/api/conversations/{later.GetProperty("id").GetGuid()}/close")).ReadAsync(200);
        Assert.Equal(404, (await second.GetAsync($"/api/conversations/{earlier}/messages")).Status);
    }

    private static async Task<IReadOnlyList<Guid>> IdsAsync(Client client, string query) =>
        [.. (await (await client.GetAsync("/api/conversations" + query)).ReadAsync(200)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];

    private static Task<Answer> ActAsync(Client caller, string act, Guid conversation, Guid texter) => act switch
    {
        "read" => caller.GetAsync($"/api/conversations/{conversation}"),
        "read messages" => caller.GetAsync($"/api/conversations/{conversation}/messages"),
        "read texter" => caller.GetAsync($"/api/texters/{texter}"),
        "reply" => caller.PostAsync($"/api/conversations/{conversation}/messages", new { content = "hi" }),
        "note" => caller.PostAsync($"/api/conversations/{conversation}/messages", new { content = "hm", kind = "note" }),
        "tags" => caller.PutAsync($"/api/conversations/{conversation}/tags", new { tags = new[] { "tag" } }),
        "claim" => caller.PostAsync($"/api/conversations/{conversation}/claim"),
        "start" => caller.PostAsync($"/api/conversations/{conversation}/start"),
        "list" => caller.GetAsync("/api/conversations"),
        "queue" => caller.GetAsync("/api/queue"),
        "claim next" => caller.PostAsync("/api/queue/claim"),
        "whom to call" => caller.GetAsync("/api/emergency-contacts"),
        "told" => caller.GetAsync("/api/notifications"),
        "unread" => caller.GetAsync("/api/notifications/unread-count"),
        "mark read" => caller.PostAsync("/api/notifications/read"),
        "own wishes" => caller.GetAsync("/api/notification-settings"),
        "wish" => caller.PutAsync("/api/notification-settings", new { byEmail = new[] { "assigned" }, byText = Array.Empty<string>() }),
        "close" => caller.PostAsync($"/api/conversations/{conversation}/close"),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
    };
}
