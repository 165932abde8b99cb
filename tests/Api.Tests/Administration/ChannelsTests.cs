using System.Text;
using System.Text.Json.Nodes;

namespace Chat.Api.Tests.Administration;

[Collection(ApiSuite.Name)]
public sealed class ChannelsTests(ChatApi api)
{
    [Fact]
    public async Task A_channel_says_where_the_provider_is_to_be_pointed_and_which_secrets_it_has()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("channels", affiliate).With("settings", new JsonObject { ["messagingServiceSid"] = NewService() });

        var made = (await affiliate.Admin.MakeAsync("channels", body)).View;

        Assert.Equal($"{ChatApi.PublicUrl}/api/webhooks/twilio", made.GetProperty("webhookUrl").GetString());
        Assert.Equal(body.Word("address"), made.GetProperty("address").GetString());
        Assert.Equal("active", made.GetProperty("status").GetString());
        Assert.Equal("""{"accountSid":true,"authToken":true}""", made.GetProperty("credentials").GetRawText());
        Assert.Equal(
            body["settings"]!.AsObject().Word("messagingServiceSid"),
            made.GetProperty("settings").GetProperty("messagingServiceSid").GetString());
    }

    [Fact]
    public async Task A_secret_goes_in_and_never_comes_out()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var secrets = Enumerable.Range(0, 3).Select(_ => "secret" + Guid.NewGuid().ToString("N")).ToArray();
        var body = Something.For("channels", affiliate);
        body["credentials"]!["authToken"] = secrets[0];
        body["credentials"]!["secondaryAuthToken"] = secrets[1];

        var created = await affiliate.Admin.CreateAsync("channels", body, ("Idempotency-Key", "one"));
        var path = $"/api/channels/{(await created.ReadAsync(201)).GetProperty("id").GetGuid()}";
        var rotated = Something.Again(body).With("credentials", new JsonObject { ["authToken"] = secrets[2] });
        var refused = body.With("credentials", new JsonObject { ["authToken"] = secrets[2], ["accountSid"] = secrets[2] });
        Answer[] answers =
        [
            created, await affiliate.Admin.CreateAsync("channels", body, ("Idempotency-Key", "one")),
            await affiliate.Admin.GetAsync(path),
            await affiliate.Admin.PutAsync(path, rotated, ("If-Match", "*")),
            await affiliate.Admin.PutAsync(path, refused, ("If-Match", "*")),
            await affiliate.Admin.GetAsync("/api/channels"), await api.Platform.GetAsync("/api/channels?limit=200"),
        ];

        Assert.Equal([201, 201, 200, 200, 400, 200, 200], answers.Select(answer => answer.Status));
        foreach (var secret in secrets)
        {
            Assert.All(answers, answer => Assert.DoesNotContain(secret, answer.Text, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, api.Logged, StringComparison.Ordinal);
            Assert.Equal(0L, await api.AskAsync<long>(
                "select count(*) from channels where position($1::bytea in credentials) > 0", Encoding.UTF8.GetBytes(secret)));
            Assert.Equal(0L, await api.AskAsync<long>(
                "select count(*) from idempotency_keys where position($1::bytea in answer) > 0", Encoding.UTF8.GetBytes(secret)));
        }
    }

    [Fact]
    public async Task Credentials_that_are_left_out_stay_and_one_that_is_null_is_removed()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("channels", affiliate);
        body["credentials"]!["secondaryAuthToken"] = "the-next-one";
        var made = await affiliate.Admin.MakeAsync("channels", body);

        var kept = await (await affiliate.Admin.ChangeAsync("channels", made.Id, Something.Again(body))).ReadAsync(200);
        var without = Something.Again(body).With("credentials", new JsonObject { ["secondaryAuthToken"] = null });
        var removed = await (await affiliate.Admin.ChangeAsync("channels", made.Id, without)).ReadAsync(200);

        Assert.Equal("""{"accountSid":true,"authToken":true,"secondaryAuthToken":true}""", kept.GetProperty("credentials").GetRawText());
        Assert.Equal("""{"accountSid":true,"authToken":true}""", removed.GetProperty("credentials").GetRawText());
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "programId", "programId", "\"00000000-0000-0000-0000-000000000000\"" },
        { "address", "address", "null" },
        { "address", "address", "\"555\\n55\"" },
        { "address", "address", "\"+05551234567\"" },
        { "address", "address", "\"+1555\"" },
        { "address", "address", "\"+1555123456789012\"" },
        { "address", "address", "\"+1 555 123 4567\"" },
        { "address", "address", "\"٣٤٥٦٧\"" },
        { "address", "address", "\"12\"" },
        { "address", "address", "\"MG123\"" },
        { "status", "status", "\"off\"" },
        { "credentials.accountSid", "credentials", """{"accountSid": "XX1", "authToken": "a"}""" },
        { "credentials.accountSid", "credentials", """{"accountSid": null, "authToken": "a"}""" },
        { "credentials.authToken", "credentials", """{"accountSid": "AC1", "authToken": ""}""" },
        { "credentials.authToken", "credentials", """{"accountSid": "AC1", "authToken": "two words"}""" },
        { "credentials.secondaryAuthToken", "credentials", """{"accountSid": "AC1", "authToken": "a", "secondaryAuthToken": ""}""" },
        { "credentials", "credentials", """{"accountSid": "AC1", "authToken": "a", "apiKey": "b"}""" },
        { "credentials", "credentials", """{"accountSid": "AC1", "authToken": "a", "": null}""" },
        { "settings", "settings", """{"colour": "red"}""" },
        { "settings.messagingServiceSid", "settings", """{"messagingServiceSid": 5}""" },
        { "settings.messagingServiceSid", "settings", """{"messagingServiceSid": "MG5"}""" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_field_that_is_wrong_is_named(string field, string member, string value)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();
        var body = Something.For("channels", affiliate);
        var made = await affiliate.Admin.MakeAsync("channels", body);
        var wrong = body.With(member, JsonNode.Parse(value)).With("provider", "twilio");

        RefusesAtLeast(await affiliate.Admin.CreateAsync("channels", wrong), field);
        RefusesAtLeast(await affiliate.Admin.ChangeAsync("channels", made.Id, wrong), field);
    }

    [Theory]
    [InlineData("credentials.authToken", """{"accountSid": "AC1"}""")]
    [InlineData("credentials.accountSid", """{"authToken": "a"}""")]
    public async Task A_new_channel_needs_its_account(string field, string credentials)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();

        var body = Something.For("channels", affiliate);

        (await affiliate.Admin.CreateAsync("channels", body.With("credentials", JsonNode.Parse(credentials)))).RefusesField(field);
        RefusesAtLeast(await affiliate.Admin.CreateAsync("channels", body.Without("credentials")), field);
    }

    [Theory]
    [InlineData("whatsapp", "twilio")]
    [InlineData("webchat", "twilio")]
    [InlineData("pigeon", "telegram")]
    [InlineData("Twilio", "telegram")]
    [InlineData(null, "twilio")]
    public async Task A_provider_that_is_not_spoken_is_refused_with_those_that_are(string? provider, string named)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();

        var answer = await affiliate.Admin.CreateAsync("channels", Something.For("channels", affiliate).With("provider", provider));

        answer.RefusesField("provider");
        Assert.Contains(named, answer.Json.GetProperty("errors").GetProperty("provider")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_keeps_its_provider()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("channels", affiliate);
        var made = await affiliate.Admin.MakeAsync("channels", body);

        var again = Something.Again(body);

        (await affiliate.Admin.ChangeAsync("channels", made.Id, again.With("provider", "telegram"))).RefusesField("provider");
        await (await affiliate.Admin.ChangeAsync("channels", made.Id, again.Without("provider"))).ReadAsync(200);
    }

    [Fact]
    public async Task A_number_or_a_messaging_service_is_connected_once_in_the_installation()
    {
        var (first, second) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());
        var (number, service) = (Something.NewNumber(), NewService());
        var body = Something.For("channels", first).With("address", number);
        body["settings"] = new JsonObject { ["messagingServiceSid"] = service };
        var made = await first.Admin.MakeAsync("channels", body);
        var other = await second.Admin.MakeAsync("channels", Something.For("channels", second));

        foreach (var taken in new[]
        {
            Something.For("channels", second).With("address", number), Something.For("channels", second).With("address", service),
            Something.For("channels", second).With("settings", new JsonObject { ["messagingServiceSid"] = service.ToUpperInvariant() }),
        })
        {
            (await second.Admin.CreateAsync("channels", taken)).Problem(409, "channel.address_taken");
            (await second.Admin.ChangeAsync("channels", other.Id, Something.Again(taken))).Problem(409, "channel.address_taken");
        }

        await (await first.Admin.ChangeAsync("channels", made.Id, Something.Again(body).With("settings", new JsonObject()))).ReadAsync(200);
        await second.Admin.MakeAsync("channels", Something.For("channels", second).With("address", service));
        Assert.Equal(204, (await first.Admin.DeleteAsync($"/api/channels/{made.Id}")).Status);
        await second.Admin.MakeAsync("channels", Something.For("channels", second).With("address", number));
    }

    [Fact]
    public async Task Of_many_channels_with_one_number_one_is_made()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("channels", affiliate);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => affiliate.Admin.CreateAsync("channels", body)));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.Problem(409, "channel.address_taken"));
    }

    [Fact]
    public async Task New_credentials_are_in_force_at_once()
    {
        var affiliate = await api.GivenAffiliateAsync();
        Assert.Equal(200, (await affiliate.TextAsync(affiliate.NewTexter(), "hello")).Status);
        var body = new JsonObject
        {
            ["programId"] = affiliate.ProgramId, ["address"] = affiliate.Number,
            ["credentials"] = new JsonObject { ["authToken"] = "the-new-one" },
        };

        await (await affiliate.Admin.ChangeAsync("channels", affiliate.ChannelId, body)).ReadAsync(200);

        Assert.Equal(403, (await affiliate.TextAsync(affiliate.NewTexter(), "hello")).Status);
    }

    [Fact]
    public async Task A_channel_over_which_somebody_has_written_is_not_removed()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await affiliate.GivenWaitingAsync();

        (await affiliate.Admin.DeleteAsync($"/api/channels/{affiliate.ChannelId}")).Problem(409, "channel.in_use");

        Assert.Equal(200, (await affiliate.TextAsync(affiliate.NewTexter(), "still there?")).Status);
    }

    private static string NewService() => "MG" + Guid.NewGuid().ToString("N");

    private static void RefusesAtLeast(Answer answer, string field) =>
        Assert.True(answer.Problem(400, "request.invalid").GetProperty("errors").TryGetProperty(field, out _), answer.Text);
}
