using Chat.Api.Tests.Conversations;
using Chat.Domain.Triage;

namespace Chat.Api.Tests.Triage;

/// <summary>A candidate for the rules of the whole installation.</summary>
[Collection(ApiSuite.Name)]
public sealed class ShadowRulesTests(ChatApi api) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chat-rules").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_candidate_is_compared_and_changes_nothing()
    {
        var composition = Shipped("composition.json").Replace("\"2026.11-1\"", "\"2026.12-candidate\"", StringComparison.Ordinal)
            .Replace("\"suicide.death_wish\", \"level\": \"low\"", "\"suicide.death_wish\", \"level\": \"high\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder, "composition.json"), composition);
        await File.WriteAllTextAsync(Path.Combine(_folder, "en.json"), Shipped("en.json"));
        await using var other = api.Start(("Triage:ShadowRules", _folder));
        var shift = await Shift.BeginAsync(api);

        Assert.Equal(200, (await shift.Affiliate.TextAsync(shift.Affiliate.NewTexter(), "i want to die", to: other.Address)).Status);

        await Eventually.Is(async () => await api.AskAsync<long>("select count(*) from shadow_differences where affiliate_id = $1", shift.Affiliate.Id) == 1, "it is noted");
        var item = (await (await shift.Supervisor.GetAsync("/api/admin/triage/shadow")).ReadAsync(200)).GetProperty("items")[0];
        Assert.Equal(("low", "high"), (item.GetProperty("liveLevel").GetString(), item.GetProperty("shadowLevel").GetString()));
        Assert.Equal("2026.12-candidate", item.GetProperty("shadowVersion").GetString());
        var conversation = item.GetProperty("conversationId").GetGuid();
        await Eventually.Is(async () => (await shift.ReadAsync(conversation)).GetProperty("riskLevel").GetString() == "low", "its level is the live rules'");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{ \"version\": \"x\" ")]
    [InlineData("{ \"version\": \"x\", \"cues\": {}, \"rules\": [{ \"rule\": \"a\", \"level\": \"high\", \"all\": [\"nothing\"] }] }")]
    [InlineData("{}")]
    public async Task One_that_cannot_be_read_keeps_the_installation_from_starting_and_is_named(string? composition)
    {
        if (composition is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "composition.json"), composition);
        }

        var refused = Assert.ThrowsAny<Exception>(() => api.Start(("Triage:ShadowRules", _folder)));

        Assert.Contains("Triage__ShadowRules", refused.ToString(), StringComparison.Ordinal);
    }

    private static string Shipped(string name)
    {
        using var stream = typeof(RuleSet).Assembly.GetManifestResourceStream($"Chat.Domain.Triage.Rules.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
