namespace Chat.Api.Tests.Operations;

[Collection(ApiSuite.Name)]
public sealed class DemoTests(ChatApi api)
{
    [Fact]
    public async Task A_database_that_was_a_demo_lets_nobody_in_with_the_demos_passwords_once_it_is_none()
    {
        await using var database = await TestDatabase.CreateAsync();
        (string, string)[] own = [("ConnectionStrings:Chat", database.Chat), ("ConnectionStrings:ChatMigrations", database.Owner), ("ConnectionStrings:Keys", database.Keys)];
        await using (var demo = api.Start([.. own, ("Demo:Enabled", "true")]))
        {
            await ChatApi.SignInAsync(demo.Address, "robin@harbor.example", "demo-responder-1");
            Assert.Equal(200, (await new Client(demo.Address).GetAsync("/api/demo")).Status);
        }

        await using (var real = api.Start(own))
        {
            foreach (var (email, password) in new[] { ("robin@harbor.example", "demo-responder-1"), ("admin@chat.example", "demo-platform-1") })
            {
                (await new Client(real.Address).PostAsync("/api/auth/login", new { email, password })).Problem(401, "auth.invalid_credentials");
            }

            Assert.Equal(404, (await new Client(real.Address).GetAsync("/api/demo")).Status);
            await ChatApi.SignInAsync(real.Address, ChatApi.AdminEmail, ChatApi.Password);
        }

        await using var again = api.Start([.. own, ("Demo:Enabled", "true")]);
        await ChatApi.SignInAsync(again.Address, "robin@harbor.example", "demo-responder-1");
    }

    [Fact]
    public async Task The_demo_knows_whom_to_call_in_an_emergency()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var demo = api.Start(
            ("ConnectionStrings:Chat", database.Chat), ("ConnectionStrings:ChatMigrations", database.Owner), ("ConnectionStrings:Keys", database.Keys),
            ("Demo:Enabled", "true"));
        var responder = await ChatApi.SignInAsync(demo.Address, "robin@harbor.example", "demo-responder-1");

        var contacts = (await (await responder.GetAsync("/api/emergency-contacts")).ReadAsync(200)).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(["any", "medical", "police"], contacts.Select(contact => contact.GetProperty("kind").GetString()).Order());
        var onCall = Assert.Single(contacts, contact => contact.GetProperty("onCall").GetBoolean());
        Assert.EndsWith(".example", onCall.GetProperty("email").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demos_responders_have_words_to_begin_from_in_each_program_and_its_admin_has_a_survey_to_look_at()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var demo = api.Start(
            ("ConnectionStrings:Chat", database.Chat), ("ConnectionStrings:ChatMigrations", database.Owner), ("ConnectionStrings:Keys", database.Keys),
            ("Demo:Enabled", "true"));
        var responder = await ChatApi.SignInAsync(demo.Address, "robin@harbor.example", "demo-responder-1");
        var admin = await ChatApi.SignInAsync(demo.Address, "admin@harbor.example", "demo-admin-0001");

        var responses = (await (await responder.GetAsync("/api/canned-responses")).ReadAsync(200)).GetProperty("items").EnumerateArray().ToList();
        var surveys = (await (await admin.GetAsync("/api/surveys")).ReadAsync(200)).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(2, responses.Select(response => response.GetProperty("programId").GetGuid()).Distinct().Count());
        Assert.Equal("entry", Assert.Single(surveys).GetProperty("type").GetString());
    }

    [Fact]
    public async Task An_installation_that_is_in_use_does_not_become_a_demo()
    {
        await using var database = await TestDatabase.CreateAsync();
        (string, string)[] own = [("ConnectionStrings:Chat", database.Chat), ("ConnectionStrings:ChatMigrations", database.Owner), ("ConnectionStrings:Keys", database.Keys)];
        await using (var real = api.Start(own))
        {
            await TestAffiliate.CreateAsync(api, real.Address);
        }

        await using var demo = api.Start([.. own, ("Demo:Enabled", "true")]);

        (await new Client(demo.Address).PostAsync("/api/auth/login", new { email = "admin@chat.example", password = "demo-platform-1" })).Problem(401, "auth.invalid_credentials");
    }
}
