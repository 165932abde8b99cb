using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chat.Api.Tests.Administration;

[Collection(ApiSuite.Name)]
public sealed class AffiliatesTests(ChatApi api)
{
    [Fact]
    public async Task An_affiliate_needs_a_name_and_gets_the_rest_and_a_key_of_its_own()
    {
        var made = (await api.Platform.MakeAsync("affiliates", new JsonObject { ["name"] = "  Harbor  " })).View;

        Assert.Equal("Harbor", made.GetProperty("name").GetString());
        Assert.Equal("Etc/UTC", made.GetProperty("timeZone").GetString());
        Assert.Equal(365, made.GetProperty("dataRetentionDays").GetInt32());
        Assert.Equal("active", made.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, made.GetProperty("region").ValueKind);
        Assert.Equal(JsonValueKind.Null, made.GetProperty("contactEmail").ValueKind);
        Assert.NotEqual(Guid.Empty, made.GetProperty("encryptionKeyId").GetGuid());
        var another = (await GivenAsync("name", "Another")).View;
        Assert.NotEqual(another.GetProperty("encryptionKeyId").GetGuid(), made.GetProperty("encryptionKeyId").GetGuid());
    }

    [Fact]
    public async Task What_is_left_out_of_a_change_stays_where_erasing_it_would_do_harm()
    {
        var made = await api.Platform.MakeAsync("affiliates", new JsonObject
        {
            ["name"] = "Harbor", ["region"] = "US-WA", ["timeZone"] = "America/Los_Angeles", ["dataRetentionDays"] = 30,
            ["contactEmail"] = "oncall@harbor.example", ["status"] = "inactive",
        });

        var changed = await (await api.Platform.ChangeAsync("affiliates", made.Id, new JsonObject { ["name"] = "Haven" })).ReadAsync(200);

        Assert.Equal("Haven", changed.GetProperty("name").GetString());
        Assert.Equal("America/Los_Angeles", changed.GetProperty("timeZone").GetString());
        Assert.Equal(30, changed.GetProperty("dataRetentionDays").GetInt32());
        Assert.Equal("inactive", changed.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("region").ValueKind);
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("contactEmail").ValueKind);
        Assert.Equal(made.View.GetProperty("createdAt").GetString(), changed.GetProperty("createdAt").GetString());
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "name", "null" },
        { "name", "\"\"" },
        { "name", "\"   \"" },
        { "name", Json(new string('a', 201)) },
        { "name", "\"two\\nlines\"" },
        { "name", "\"a bell\\u0007\"" },
        { "region", Json(new string('a', 101)) },
        { "timeZone", "\"\"" },
        { "timeZone", "\"Europe/Atlantis\"" },
        { "timeZone", "\"PST\"" },
        { "timeZone", "\"America/\"" },
        { "timeZone", "\"../../../etc/passwd\"" },
        { "timeZone", "\"/etc/passwd\"" },
        { "timeZone", "\"America/../../../../etc/passwd\"" },
        { "dataRetentionDays", "0" },
        { "dataRetentionDays", "-1" },
        { "dataRetentionDays", "36501" },
        { "contactEmail", "\"nobody\"" },
        { "contactEmail", "\"Somebody <some@body.test>\"" },
        { "contactEmail", "\"some body@body.test\"" },
        { "contactEmail", Json(new string('a', 320) + "@b.test") },
        { "status", "\"closed\"" },
        { "status", "\"Active\"" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_field_that_is_wrong_is_named(string field, string value)
    {
        var body = new JsonObject { ["name"] = "Harbor" }.With(field, JsonNode.Parse(value));
        var made = await GivenAsync("region", "US-WA");

        (await api.Platform.CreateAsync("affiliates", body)).RefusesField(field);
        (await api.Platform.ChangeAsync("affiliates", made.Id, body)).RefusesField(field);
    }

    [Theory]
    [InlineData("timeZone", "UTC")]
    [InlineData("timeZone", "America/Argentina/Buenos_Aires")]
    [InlineData("dataRetentionDays", 36500)]
    [InlineData("contactEmail", "o'brien+night@xn--bcher-kva.example")]
    [InlineData("region", "")]
    [InlineData("contactEmail", "")]
    public async Task A_field_that_looks_odd_and_is_right_is_taken(string field, object value) =>
        await GivenAsync(field, value);

    [Fact]
    public async Task An_affiliate_with_something_in_it_is_not_removed()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var withProgram = (await GivenAsync("name", "With a program")).Id;
        await api.Platform.MakeAsync("programs", new JsonObject { ["affiliateId"] = withProgram, ["name"] = "Main line" });
        var withPerson = (await GivenAsync("name", "With a person")).Id;
        await api.Platform.MakeAsync("users", Something.For("users", affiliate).With("affiliateId", withPerson));

        foreach (var id in new[] { affiliate.Id, withProgram, withPerson })
        {
            (await api.Platform.DeleteAsync($"/api/affiliates/{id}")).Problem(409, "affiliate.in_use");
            await (await api.Platform.GetAsync($"/api/affiliates/{id}")).ReadAsync(200);
        }
    }

    [Fact]
    public async Task The_installation_itself_is_no_affiliate()
    {
        var body = new JsonObject { ["name"] = "Mine", ["status"] = "inactive" };

        (await api.Platform.GetAsync($"/api/affiliates/{Guid.Empty}")).Problem(404, "resource.not_found");
        (await api.Platform.ChangeAsync("affiliates", Guid.Empty, body)).Problem(404, "resource.not_found");
        (await api.Platform.DeleteAsync($"/api/affiliates/{Guid.Empty}")).Problem(404, "resource.not_found");
    }

    [Fact]
    public async Task The_people_of_an_inactive_affiliate_cannot_sign_in_and_are_signed_out()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var email = (await (await affiliate.Admin.GetAsync("/api/auth/me")).ReadAsync(200)).GetProperty("email").GetString()!;

        var closed = new JsonObject { ["name"] = "Closed", ["status"] = "inactive" };
        await (await api.Platform.ChangeAsync("affiliates", affiliate.Id, closed)).ReadAsync(200);

        var answer = await api.Anonymous.PostAsync("/api/auth/login", new { email, password = ChatApi.Password });
        answer.Problem(401, "auth.invalid_credentials");
        await Eventually.Is(async () => (await affiliate.Admin.GetAsync("/api/auth/me")).Status == 401, "their sessions end");
    }

    private Task<Made> GivenAsync(string field, object value) =>
        api.Platform.MakeAsync("affiliates", new JsonObject { ["name"] = "Harbor" }.With(field, JsonSerializer.SerializeToNode(value)));

    private static string Json(string text) => JsonSerializer.Serialize(text);
}
