namespace Chat.Api.Tests.Administration;

[Collection(ApiSuite.Name)]
public sealed class CannedResponsesTests(ChatApi api)
{
    [Fact]
    public async Task A_responder_reads_those_of_their_programs_and_changes_none()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var own = await affiliate.Admin.MakeAsync("canned-responses", Something.For("canned-responses", affiliate));
        var elsewhere = await affiliate.Admin.MakeAsync(
            "canned-responses", Something.For("canned-responses", affiliate).With("programId", await affiliate.GivenProgramAsync("Another")));

        var read = (await (await responder.GetAsync("/api/canned-responses")).ReadAsync(200)).GetProperty("items").EnumerateArray().Single();

        Assert.Equal(own.Id, read.GetProperty("id").GetGuid());
        (await responder.GetAsync($"/api/canned-responses/{elsewhere.Id}")).Problem(404, "resource.not_found");
        (await responder.DeleteAsync($"/api/canned-responses/{own.Id}")).Problem(403, "caller.forbidden");
    }

    [Theory]
    [InlineData("title", "")]
    [InlineData("title", "two\nlines")]
    [InlineData("body", " ")]
    [InlineData("programId", "00000000-0000-0000-0000-000000000000")]
    public async Task What_is_no_canned_response_is_refused(string field, string value)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();

        (await affiliate.Admin.CreateAsync("canned-responses", Something.For("canned-responses", affiliate).With(field, value))).RefusesField(field);
    }
}
