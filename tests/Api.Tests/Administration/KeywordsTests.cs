using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chat.Api.Tests.Administration;

[Collection(ApiSuite.Name)]
public sealed class KeywordsTests(ChatApi api)
{
    [Fact]
    public async Task A_keyword_is_shown_with_what_it_was_given()
    {
        var affiliate = await api.GivenAffiliateAsync();

        var made = (await affiliate.Admin.MakeAsync("keywords", new JsonObject
        {
            ["programId"] = affiliate.ProgramId, ["keyword"] = " Café ", ["action"] = "help", ["subProgram"] = "general",
            ["response"] = "Line one\nLine two",
        })).View;

        Assert.Equal("Café", made.GetProperty("keyword").GetString());
        Assert.Equal("help", made.GetProperty("action").GetString());
        Assert.Equal("general", made.GetProperty("subProgram").GetString());
        Assert.Equal("Line one\nLine two", made.GetProperty("response").GetString());
        Assert.Equal(affiliate.Id, made.GetProperty("affiliateId").GetGuid());
        Assert.Equal(affiliate.ProgramId, made.GetProperty("programId").GetGuid());
        var plain = (await affiliate.Admin.MakeAsync("keywords", Something.For("keywords", affiliate))).View;
        Assert.Equal("start", plain.GetProperty("action").GetString());
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "programId", "\"00000000-0000-0000-0000-000000000000\"" },
        { "keyword", "null" },
        { "keyword", "\"\"" },
        { "keyword", "\"!!! 👋\"" },
        { "keyword", "\"two\\nlines\"" },
        { "keyword", JsonSerializer.Serialize(new string('a', 41)) },
        { "keyword", JsonSerializer.Serialize(string.Concat(Enumerable.Repeat("ﷺ", 30))) },
        { "action", "\"stop\"" },
        { "action", "\"OptOut\"" },
        { "action", "\"\"" },
        { "subProgram", JsonSerializer.Serialize(new string('a', 101)) },
        { "response", JsonSerializer.Serialize(new string('a', 1601)) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_field_that_is_wrong_is_named(string field, string value)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();
        var body = Something.For("keywords", affiliate);
        var made = await affiliate.Admin.MakeAsync("keywords", body);
        var wrong = body.With(field, JsonNode.Parse(value));

        (await affiliate.Admin.CreateAsync("keywords", wrong)).RefusesField(field);
        (await affiliate.Admin.ChangeAsync("keywords", made.Id, wrong)).RefusesField(field);
    }

    [Fact]
    public async Task A_reply_has_words()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("keywords", affiliate).With("action", "reply");
        var made = await affiliate.Admin.MakeAsync("keywords", body.With("response", "We are here."));

        (await affiliate.Admin.CreateAsync("keywords", body)).RefusesField("response");
        (await affiliate.Admin.ChangeAsync("keywords", made.Id, body)).RefusesField("response");
        (await affiliate.Admin.ChangeAsync("keywords", made.Id, body.Without("action"))).RefusesField("response");
    }

    [Theory]
    [InlineData("Café", "CAFE")]
    [InlineData("don't", "dont")]
    [InlineData("help me", " Help,  me! ")]
    [InlineData("ｈｅｌｌｏ", "hello")]
    public async Task A_word_stands_once_in_a_program_however_it_is_written(string first, string second)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var other = await affiliate.GivenProgramAsync("Other line");
        var body = Something.For("keywords", affiliate).With("keyword", first);
        await affiliate.Admin.MakeAsync("keywords", body);
        var another = await affiliate.Admin.MakeAsync("keywords", Something.For("keywords", affiliate));

        (await affiliate.Admin.CreateAsync("keywords", body.With("keyword", second))).Problem(409, "keyword.taken");
        (await affiliate.Admin.ChangeAsync("keywords", another.Id, body.With("keyword", second))).Problem(409, "keyword.taken");
        var elsewhere = await affiliate.Admin.MakeAsync("keywords", body.With("programId", other));
        (await affiliate.Admin.ChangeAsync("keywords", elsewhere.Id, body)).Problem(409, "keyword.taken");
    }

    [Fact]
    public async Task Of_many_keywords_with_one_word_one_is_made()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("keywords", affiliate);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => affiliate.Admin.CreateAsync("keywords", body)));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.Problem(409, "keyword.taken"));
    }

    [Fact]
    public async Task A_keyword_is_in_force_at_once_and_out_of_force_too()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (_, conversation) = await affiliate.GivenWaitingAsync();
        var before = await WordsToAsync(affiliate, "INFO");

        var made = await affiliate.Admin.MakeAsync("keywords", new JsonObject
        {
            ["programId"] = affiliate.ProgramId, ["keyword"] = "INFO", ["action"] = "reply", ["response"] = "We answer day and night.",
        });
        var during = await WordsToAsync(affiliate, "info!");
        Assert.Equal(204, (await affiliate.Admin.DeleteAsync($"/api/keywords/{made.Id}")).Status);
        var after = await WordsToAsync(affiliate, "INFO");

        Assert.NotEqual(Guid.Empty, conversation);
        Assert.DoesNotContain("We answer day and night.", before);
        Assert.Contains("We answer day and night.", during);
        Assert.DoesNotContain("We answer day and night.", after);
    }

    private static async Task<IReadOnlyList<string?>> WordsToAsync(TestAffiliate affiliate, string word)
    {
        var (_, conversation) = await affiliate.GivenWaitingAsync(word);
        return [.. (await affiliate.Admin.MessagesAsync(conversation)).Select(message => message.GetProperty("content").GetString())];
    }
}
