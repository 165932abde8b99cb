using System.Text.Json.Nodes;

namespace Chat.Api.Tests.Administration;

/// <summary>
/// An installation always has somebody who can run it. It takes an installation of its own, for the others have their platform admins.
/// </summary>
public sealed class LastAdminTests(ChatApi api) : IClassFixture<ChatApi>
{
    [Fact]
    public async Task The_last_platform_admin_who_can_sign_in_stays()
    {
        var first = (await (await api.Platform.GetAsync("/api/auth/me")).ReadAsync(200)).GetProperty("id").GetGuid();
        var body = Body(ChatApi.AdminEmail);

        (await api.Platform.DeleteAsync($"/api/users/{first}")).Problem(409, "user.last_admin");
        (await api.Platform.ChangeAsync("users", first, body.With("status", "inactive"))).Problem(409, "user.last_admin");

        var (second, id) = await GivenAdminAsync("second@last.test");
        (await second.DeleteAsync($"/api/users/{id}")).Problem(409, "user.self");
        await (await second.ChangeAsync("users", id, Body("second@last.test").With("status", "inactive"))).ReadAsync(200);
        (await api.Platform.DeleteAsync($"/api/users/{first}")).Problem(409, "user.last_admin");
        await (await api.Platform.ChangeAsync("users", first, body)).ReadAsync(200);

        await (await api.Platform.ChangeAsync("users", id, Body("second@last.test").With("status", "active"))).ReadAsync(200);
        second = await api.SignInAsync("second@last.test", ChatApi.Password);
        await using var turn = await HeldRow.TakeAsync(api, "select from affiliates where id = $1 for no key update", Guid.Empty);
        var changes = new[]
        {
            second.ChangeAsync("users", first, body.With("status", "inactive")),
            api.Platform.ChangeAsync("users", id, Body("second@last.test").With("status", "inactive")),
        };
        await turn.UntilWaitingAsync(2);
        await turn.LetGoAsync();
        var answers = await Task.WhenAll(changes);

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(1L, await api.AskAsync<long>("select count(*) from sign_ins where affiliate_id = $1 and can_sign_in", Guid.Empty));
    }

    private async Task<(Client Client, Guid Id)> GivenAdminAsync(string email)
    {
        var made = await api.Platform.MakeAsync("users", Body(email).With("password", ChatApi.Password));
        return (await api.SignInAsync(email, ChatApi.Password), made.Id);
    }

    private static JsonObject Body(string email) => new() { ["email"] = email, ["name"] = "An admin", ["role"] = "admin" };
}
