using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chat.Application.Ports;
using Chat.Domain.EmergencyContacts;
using Chat.Infrastructure.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Api.Tests.Administration;

[Collection(ApiSuite.Name)]
public sealed class EmergencyContactsTests(ChatApi api)
{
    private const string Kind = "emergency-contacts";

    [Fact]
    public async Task A_contact_is_shown_with_what_it_was_given()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For(Kind, affiliate).With("name", " Mobile crisis team ").With("notes", "Ask for Sam.\nDay and night.");

        var made = (await affiliate.Admin.MakeAsync(Kind, body)).View;
        var bare = new JsonObject { ["kind"] = "any", ["name"] = "Dispatch", ["area"] = " " };
        var plain = (await affiliate.Admin.MakeAsync(Kind, bare)).View;

        Assert.Equal("Mobile crisis team", made.GetProperty("name").GetString());
        Assert.Equal("Ask for Sam.\nDay and night.", made.GetProperty("notes").GetString());
        foreach (var member in new[] { "kind", "area", "phone", "email", "webhookUrl" })
        {
            Assert.Equal(body.Word(member), made.GetProperty(member).GetString());
        }

        Assert.Equal(affiliate.Id, made.GetProperty("affiliateId").GetGuid());
        Assert.Equal("active", made.GetProperty("status").GetString());
        Assert.True(made.GetProperty("onCall").GetBoolean());
        Assert.True(made.GetProperty("webhookSecretSet").GetBoolean());
        Assert.False(plain.GetProperty("onCall").GetBoolean());
        Assert.False(plain.GetProperty("webhookSecretSet").GetBoolean());
        foreach (var member in new[] { "area", "phone", "email", "webhookUrl", "notes" })
        {
            Assert.Equal(JsonValueKind.Null, plain.GetProperty(member).ValueKind);
        }
    }

    [Fact]
    public async Task A_change_replaces_the_contact_but_for_secret_on_call_and_status()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var made = await affiliate.Admin.MakeAsync(Kind, Something.For(Kind, affiliate).With("status", "inactive"));
        var less = new JsonObject { ["kind"] = "police", ["name"] = "Dispatch", ["email"] = "dispatch@contact.test" };

        var changed = await (await affiliate.Admin.ChangeAsync(Kind, made.Id, less, made.ETag)).ReadAsync(200);
        var without = await (await affiliate.Admin.ChangeAsync(
            Kind, made.Id, less.With("webhookSecret", "").With("onCall", false).With("status", "active"))).ReadAsync(200);

        Assert.Equal("police", changed.GetProperty("kind").GetString());
        Assert.Equal("Dispatch", changed.GetProperty("name").GetString());
        Assert.Equal("dispatch@contact.test", changed.GetProperty("email").GetString());
        foreach (var member in new[] { "area", "phone", "webhookUrl", "notes" })
        {
            Assert.Equal(JsonValueKind.Null, changed.GetProperty(member).ValueKind);
        }

        Assert.True(changed.GetProperty("webhookSecretSet").GetBoolean());
        Assert.True(changed.GetProperty("onCall").GetBoolean());
        Assert.Equal("inactive", changed.GetProperty("status").GetString());
        Assert.False(without.GetProperty("webhookSecretSet").GetBoolean());
        Assert.False(without.GetProperty("onCall").GetBoolean());
        Assert.Equal("active", without.GetProperty("status").GetString());
        Assert.Equal(3, without.GetProperty("version").GetInt64());
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "kind", "null" },
        { "kind", "\"\"" },
        { "kind", "\"fire\"" },
        { "kind", "\"Medical\"" },
        { "name", "null" },
        { "name", "\" \"" },
        { "name", "\"two\\nlines\"" },
        { "name", JsonSerializer.Serialize(new string('a', 201)) },
        { "area", JsonSerializer.Serialize(new string('a', 201)) },
        { "area", "\"two\\nlines\"" },
        { "phone", "\"none\"" },
        { "phone", "\"+1 206 555 0140, 2\"" },
        { "phone", "\"٣٤٥٦٧\"" },
        { "phone", JsonSerializer.Serialize(new string('1', 41)) },
        { "email", "\"nobody\"" },
        { "email", "\"Desk <desk@contact.test>\"" },
        { "webhookUrl", "\"/hooks\"" },
        { "webhookUrl", "\"ftp://contact.test/hooks\"" },
        { "webhookUrl", "\"https://somebody:secret@contact.test/hooks\"" },
        { "webhookUrl", JsonSerializer.Serialize("https://contact.test/" + new string('a', 480)) },
        { "webhookUrl", "\"https://contact.test/\\u0007\"" },
        { "webhookUrl", "\"https://contact.test/two words\"" },
        { "webhookSecret", "\"secret\"" },
        { "webhookSecret", "\" \"" },
        { "webhookSecret", "\"whsec_\"" },
        { "webhookSecret", JsonSerializer.Serialize(Something.NewSecret()["whsec_".Length..]) },
        { "webhookSecret", JsonSerializer.Serialize(Something.NewSecret(23)) },
        { "webhookSecret", JsonSerializer.Serialize(Something.NewSecret(65)) },
        { "webhookSecret", JsonSerializer.Serialize(Something.NewSecret(24) + "=") },
        { "webhookSecret", JsonSerializer.Serialize(Something.NewSecret() + "\n") },
        { "notes", JsonSerializer.Serialize(new string('a', 2001)) },
        { "status", "\"off\"" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_field_that_is_wrong_is_named(string field, string value)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();
        var body = Something.For(Kind, affiliate);
        var made = await affiliate.Admin.MakeAsync(Kind, body);
        var wrong = body.With(field, JsonNode.Parse(value));

        (await affiliate.Admin.CreateAsync(Kind, wrong)).RefusesField(field);
        (await affiliate.Admin.ChangeAsync(Kind, made.Id, wrong)).RefusesField(field);
    }

    [Theory]
    [InlineData("phone", "911")]
    [InlineData("phone", "+1 (206) 555-0140 x2")]
    [InlineData("phone", "1234567890123456789012345678901234567890")]
    [InlineData("webhookUrl", "http://localhost:3000/hooks")]
    public async Task A_field_is_taken_as(string field, string value)
    {
        var affiliate = await api.GivenAffiliateAsync();

        var made = await affiliate.Admin.MakeAsync(Kind, Something.For(Kind, affiliate).With(field, value));

        Assert.Equal(value, made.View.GetProperty(field).GetString());
    }

    [Theory]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(64)]
    public async Task A_secret_has_24_to_64_bytes(int bytes)
    {
        var affiliate = await api.GivenAffiliateAsync();

        var made = await affiliate.Admin.MakeAsync(Kind, Something.For(Kind, affiliate).With("webhookSecret", Something.NewSecret(bytes)));

        Assert.True(made.View.GetProperty("webhookSecretSet").GetBoolean());
    }

    [Fact]
    public async Task Whoever_is_on_call_can_be_notified()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For(Kind, affiliate);
        var made = await affiliate.Admin.MakeAsync(Kind, body);
        var unreachable = Something.Again(body).Without("email").Without("webhookUrl");

        (await affiliate.Admin.CreateAsync(Kind, unreachable)).RefusesField("email");
        (await affiliate.Admin.ChangeAsync(Kind, made.Id, unreachable)).RefusesField("email");
        (await affiliate.Admin.ChangeAsync(Kind, made.Id, unreachable.Without("onCall"))).RefusesField("email");
        await affiliate.Admin.MakeAsync(Kind, body.Without("email"));
        await affiliate.Admin.MakeAsync(Kind, body.Without("webhookUrl"));
        await (await affiliate.Admin.ChangeAsync(Kind, made.Id, unreachable.With("onCall", false))).ReadAsync(200);
    }

    [Fact]
    public async Task A_platform_admin_says_whose_contact_it_is()
    {
        var affiliate = await api.GivenAffiliateAsync();

        (await api.Platform.CreateAsync(Kind, Something.For(Kind, affiliate).Without("affiliateId"))).RefusesField("affiliateId");
    }

    [Fact]
    public async Task Whoever_does_not_manage_contacts_sees_the_active_ones_without_their_webhooks()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For(Kind, affiliate);
        var active = await affiliate.Admin.MakeAsync(Kind, body);
        var inactive = await affiliate.Admin.MakeAsync(Kind, Something.For(Kind, affiliate).With("status", "inactive"));
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");

        foreach (var reader in new[] { responder, supervisor })
        {
            var list = await reader.GetAsync($"/api/{Kind}");
            var one = await (await reader.GetAsync($"/api/{Kind}/{active.Id}")).ReadAsync(200);

            Assert.Equal([active.Id], (await list.ReadAsync(200)).Ids());
            Assert.DoesNotContain("https://contact.test", list.Text, StringComparison.Ordinal);
            Assert.Equal(JsonValueKind.Null, one.GetProperty("webhookUrl").ValueKind);
            foreach (var member in new[] { "name", "phone", "email", "notes" })
            {
                Assert.Equal(body.Word(member), one.GetProperty(member).GetString());
            }

            Assert.Empty((await reader.WalkAsync($"/api/{Kind}?status=inactive", 50)).Ids);
            (await reader.GetAsync($"/api/{Kind}/{inactive.Id}")).Problem(404, "resource.not_found");
        }

        Assert.Equal([active.Id, inactive.Id], (await affiliate.Admin.WalkAsync($"/api/{Kind}", 50)).Ids);
        Assert.Equal(
            body.Word("webhookUrl"),
            (await (await api.Platform.GetAsync($"/api/{Kind}/{active.Id}")).ReadAsync(200)).GetProperty("webhookUrl").GetString());
    }

    [Fact]
    public async Task A_list_is_filtered_by_kind_area_and_status()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var king = await GivenAsync(affiliate, "medical", "King County, WA");
        var pierce = await GivenAsync(affiliate, "police", "Pierce County, WA");
        var orleans = await GivenAsync(affiliate, "medical", "La Nouvelle-Orléans 100%");
        var everywhere = await GivenAsync(affiliate, "any", null);
        var aside = await GivenAsync(affiliate, "police", null, "inactive");

        foreach (var (query, expected) in new (string, Guid[])[]
        {
            ("?kind=medical", [king, orleans, everywhere]), ("?kind=police", [pierce, everywhere, aside]), ("?kind=any", [everywhere]),
            ("?area=king%20COUNTY", [king, everywhere, aside]), ("?area=%20wa%20", [king, pierce, everywhere, aside]),
            ("?area=ORL%C3%89ANS", [orleans, everywhere, aside]), ("?area=0%25", [orleans, everywhere, aside]),
            ("?area=_", [everywhere, aside]), ("?area=", [king, pierce, orleans, everywhere, aside]), ("?status=inactive", [aside]),
            ("?kind=police&area=pierce&status=active", [pierce, everywhere]),
        })
        {
            Assert.Equal(expected, (await affiliate.Admin.WalkAsync($"/api/{Kind}{query}", 2)).Ids);
            Assert.Equal(expected, (await api.Platform.WalkAsync($"/api/{Kind}{query}&affiliateId={affiliate.Id}", 2)).Ids);
        }
    }

    [Fact]
    public async Task Who_a_contact_is_stands_nowhere_in_the_clear()
    {
        var affiliate = await api.GivenAffiliateAsync();
        string[] words = [.. Enumerable.Range(0, 4).Select(_ => "word" + Guid.NewGuid().ToString("N"))];
        var (phone, secret) = ("+1" + Random.Shared.NextInt64(1_000_000_000, 9_999_999_999), Something.NewSecret());
        var body = Something.For(Kind, affiliate).With("name", words[0]).With("email", words[1] + "@contact.test")
            .With("webhookUrl", "https://contact.test/" + words[2]).With("notes", words[3]).With("phone", phone).With("webhookSecret", secret);

        var created = await affiliate.Admin.CreateAsync(Kind, body, ("Idempotency-Key", "one"));
        var path = $"/api/{Kind}/{(await created.ReadAsync(201)).Id()}";
        Answer[] answers =
        [
            created, await affiliate.Admin.CreateAsync(Kind, body, ("Idempotency-Key", "one")), await affiliate.Admin.GetAsync(path),
            await affiliate.Admin.PutAsync(path, body, ("If-Match", "*")), await affiliate.Admin.GetAsync($"/api/{Kind}"),
        ];

        Assert.Equal([201, 201, 200, 200, 200], answers.Select(answer => answer.Status));
        Assert.All(answers, answer => Assert.DoesNotContain(secret["whsec_".Length..], answer.Text, StringComparison.Ordinal));
        foreach (var word in (string[])[.. words, phone, secret, secret["whsec_".Length..]])
        {
            Assert.DoesNotContain(word, api.Logged, StringComparison.Ordinal);
            Assert.Equal(0L, await api.AskAsync<long>(
                """
                select count(*)
                from emergency_contacts c
                where affiliate_id = $1 and (
                    position($2 in c::text) > 0
                    or position(convert_to($2, 'UTF8') in
                        c.name || c.phone || c.email || c.webhook_url || c.webhook_secret || c.notes) > 0)
                """,
                affiliate.Id, word));
            Assert.Equal(0L, await api.AskAsync<long>(
                "select count(*) from idempotency_keys where position($1::bytea in answer) > 0", Encoding.UTF8.GetBytes(word)));
        }
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_trail_by_the_contacts_id()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For(Kind, affiliate);
        var made = await affiliate.Admin.MakeAsync(Kind, body);
        await (await affiliate.Admin.ChangeAsync(Kind, made.Id, Something.Again(body))).ReadAsync(200);
        Assert.Equal(204, (await affiliate.Admin.DeleteAsync($"/api/{Kind}/{made.Id}")).Status);

        var entries = (await (await affiliate.Admin.GetAsync($"/api/admin/audit?subject={made.Id}")).ReadAsync(200)).Items();

        Assert.Equal(
            ["DeleteEmergencyContact", "ChangeEmergencyContact", "CreateEmergencyContact"],
            entries.Select(entry => entry.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task An_affiliate_with_contacts_is_not_removed()
    {
        var made = await api.Platform.MakeAsync("affiliates", new JsonObject { ["name"] = "A centre with a contact" });
        var contact = await api.Platform.MakeAsync(
            Kind, new JsonObject { ["affiliateId"] = made.Id, ["kind"] = "any", ["name"] = "Dispatch" });

        (await api.Platform.DeleteAsync($"/api/affiliates/{made.Id}")).Problem(409, "affiliate.in_use");
        Assert.Equal(204, (await api.Platform.DeleteAsync($"/api/{Kind}/{contact.Id}")).Status);
        Assert.Equal(204, (await api.Platform.DeleteAsync($"/api/affiliates/{made.Id}")).Status);
    }

    [Fact]
    public async Task An_escalation_finds_whom_to_call_the_nearest_first_with_all_that_it_takes_to_reach_them()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var elsewhere = await GivenAsync(affiliate, "medical", "Oregon");
        var everywhere = await GivenAsync(affiliate, "any", null);
        var body = Something.For(Kind, affiliate).With("area", "King County, WA");
        var near = (await affiliate.Admin.MakeAsync(Kind, body)).Id;
        await GivenAsync(affiliate, "police", "King County, WA");
        await GivenAsync(affiliate, "medical", "King County, WA", "inactive");
        await GivenAsync(await api.GivenAffiliateAsync(), "medical", "King County, WA");

        var found = await FindAsync(affiliate, EmergencyKind.Medical, "Seattle, King County, WA");

        Assert.Equal([near, everywhere, elsewhere], found.Select(contact => contact.Id.Value));
        Assert.Equal(
            new[] { "name", "phone", "email", "webhookUrl", "webhookSecret", "notes" }.Select(body.Word),
            [found[0].Name, found[0].Phone, found[0].Email, found[0].WebhookUrl, found[0].WebhookSecret, found[0].Notes]);
        Assert.True(found[0].OnCall);
    }

    [Fact]
    public async Task A_contact_that_does_not_open_keeps_no_escalation_from_the_others()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (damaged, other) = (await GivenAsync(affiliate, "medical", null), await GivenAsync(affiliate, "medical", null));
        await api.AskAsync<Guid>(
            "update emergency_contacts set name = (select name from emergency_contacts where id = $2) where id = $1 returning id",
            damaged, other);

        var found = await FindAsync(affiliate, EmergencyKind.Medical, null);

        await api.AskAsync<Guid>("delete from emergency_contacts where id = $1 returning id", damaged);
        Assert.Equal([other], found.Select(contact => contact.Id.Value));
    }

    private async Task<IReadOnlyList<EmergencyContact>> FindAsync(TestAffiliate affiliate, EmergencyKind kind, string? area)
    {
        await using var scope = api.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().BecomeSystem();
        var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        await work.BeginAsync(CancellationToken.None);
        await work.EnterAsync(new(affiliate.Id), CancellationToken.None);
        return await scope.ServiceProvider.GetRequiredService<IEmergencyContacts>().ForAsync(kind, area, CancellationToken.None);
    }

    private static async Task<Guid> GivenAsync(TestAffiliate affiliate, string kind, string? area, string status = "active") =>
        (await affiliate.Admin.MakeAsync(
            Kind, Something.For(Kind, affiliate).With("kind", kind).With("area", area).With("status", status))).Id;
}
