using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Chat.Api.Tests.Retention;

[Collection(RetentionSuite.Name)]
public sealed class ExportTests(RetentionApi api)
{
    [Fact]
    public async Task A_texter_is_handed_everything_of_theirs_and_nothing_of_anybody_else()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, responderId) = await affiliate.GivenResponderAsync(50);
        var staffName = (await (await affiliate.Admin.GetAsync($"/api/users/{responderId}")).ReadAsync(200)).GetProperty("name").GetString()!;
        var (number, texter, id) = await RetentionApi.GivenClosedAsync(affiliate, responder, "I cannot <b>sleep</b> & more");
        await (await responder.PutAsync($"/api/texters/{texter}/plan", new { plan = "Likes to breathe along." })).ReadAsync(200);
        var (otherNumber, _, other) = await RetentionApi.GivenClosedAsync(affiliate, responder, "somebody else's words");

        var files = await ExportAsync(affiliate.Admin, texter);

        var all = string.Join('\n', files.Values.Select(System.Text.Encoding.UTF8.GetString));
        var manifest = JsonDocument.Parse(files["manifest.json"]).RootElement;
        foreach (var file in manifest.GetProperty("files").EnumerateArray())
        {
            var content = files[file.GetProperty("path").GetString()!];
            Assert.Equal(file.GetProperty("bytes").GetInt32(), content.Length);
            Assert.Equal(file.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content)));
        }

        Assert.Equal(files.Count - 1, manifest.GetProperty("files").GetArrayLength());
        Assert.Equal(3, manifest.GetProperty("counts").GetProperty("messages").GetInt32());
        var conversation = JsonDocument.Parse(files[$"conversations/{id}.json"]).RootElement;
        Assert.Equal(
            ["texter: I cannot <b>sleep</b> & more", "responder: Tell me about the nights.", "staff: Sounds tired."],
            conversation.GetProperty("messages").EnumerateArray().Select(one => $"{one.GetProperty("from").GetString()}: {one.GetProperty("text").GetString()}"));
        var told = JsonDocument.Parse(files["texter.json"]).RootElement;
        Assert.Equal("Likes to breathe along.", told.GetProperty("plan").GetString());
        Assert.Equal(number, told.GetProperty("addresses")[0].GetProperty("address").GetString());
        Assert.Contains("I cannot &lt;b&gt;sleep&lt;/b&gt; &amp; more", System.Text.Encoding.UTF8.GetString(files[$"conversations/{id}.html"]), StringComparison.Ordinal);
        foreach (var foreign in new[] { staffName, responderId.ToString(), otherNumber, other.ToString(), "somebody else" })
        {
            Assert.DoesNotContain(foreign, all, StringComparison.Ordinal);
        }

        Assert.True(await api.AskAsync<bool>("select exists (select from audit_entries where action = 'BeginExport' and $1 = any(subjects))", texter));
    }

    [Fact]
    public async Task Only_an_admin_takes_it_out_and_only_of_their_own_affiliate()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync(50);
        var (_, texter, _) = await RetentionApi.GivenClosedAsync(affiliate, responder);
        var stranger = await api.GivenAffiliateAsync();

        (await responder.GetAsync($"/api/admin/exports/{texter}")).Problem(403, "caller.forbidden");
        (await api.Platform.GetAsync($"/api/admin/exports/{texter}")).Problem(403, "caller.forbidden");
        (await stranger.Admin.GetAsync($"/api/admin/exports/{texter}")).Problem(404, "resource.not_found");
    }

    private async Task<Dictionary<string, byte[]>> ExportAsync(Client by, Guid texter)
    {
        using var http = new HttpClient { BaseAddress = api.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", by.Token);
        using var answer = await http.GetAsync($"/api/admin/exports/{texter}");
        Assert.Equal((200, "application/zip"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        var files = new Dictionary<string, byte[]>();
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            await using var stream = await entry.OpenAsync();
            await stream.CopyToAsync(content);
            files.Add(entry.FullName, content.ToArray());
        }

        return files;
    }
}
