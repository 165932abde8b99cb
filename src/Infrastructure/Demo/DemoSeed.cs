using Chat.Application.Ports;
using Chat.Domain.Affiliates;
using Chat.Domain.CannedResponses;
using Chat.Domain.Channels;
using Chat.Domain.Common;
using Chat.Domain.EmergencyContacts;
using Chat.Domain.Keywords;
using Chat.Domain.Surveys;
using Chat.Domain.Users;
using Chat.Infrastructure.Persistence;
using Chat.Infrastructure.Security;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Program = Chat.Domain.Programs.Program;

namespace Chat.Infrastructure.Demo;

/// <summary>
/// Makes the demo's affiliate, once: two programs, a number, keywords, a log-in for each role, whom to call in an emergency, words to begin
/// from, a survey, and a few people who wait.
/// </summary>
internal sealed class DemoSeed(IServiceScopeFactory scopes, DemoSettings demo, Databases databases, IInboundWriter inbound, IChannelDirectory channels, TimeProvider clock) : IHostedService
{
    private static readonly (string From, string Text)[] Waiting =
    [
        ("+15550100021", "i cant sleep again. my head just wont stop"),
        ("+15550100022", "are you there? my parents are fighting and im scared to leave my room"),
        ("+15550100023", "Hola, ¿hablan español? No sé con quién hablar"),
    ];

    private static readonly (EmergencyKind Kind, string Name, string? Area, string? Phone, string? Email, bool OnCall, string? Notes)[] EmergencyContacts =
    [
        (EmergencyKind.Medical, "King County crisis services", "King County, WA", "+1 206 555 0140", null, false, "Ask for the mobile crisis team."),
        (EmergencyKind.Police, "Seattle police dispatch", "Seattle, King County, WA", "+1 206 555 0141 ext. 2", null, false, "Ask for an officer with crisis training."),
        (EmergencyKind.Any, "Supervisor on call", null, "+1 206 555 0142", "oncall@harbor.example", true, null),
    ];

    private static readonly SurveyQuestion[] EntryQuestions =
    [
        new("mood", "How are you feeling right now?", QuestionKind.Scale, ["1", "5"], Required: false, AlertOn: []),
        new("safe", "Are you somewhere safe?", QuestionKind.YesNo, [], Required: true, AlertOn: ["no"]),
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentCaller>().BecomeSystem();
        if (await MakeAffiliateAsync(services, cancellationToken) is { } channel)
        {
            await TextInAsync(channel, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<(AffiliateId Affiliate, ChannelId Channel)?> MakeAffiliateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var work = services.GetRequiredService<IUnitOfWork>();
        var users = services.GetRequiredService<IUserRepository>();
        await work.BeginAsync(cancellationToken);
        await work.EnterAsync(AffiliateId.Platform, cancellationToken);
        await users.WaitForTurnAsync(cancellationToken);
        if (await IsInUseAsync(cancellationToken))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var passwords = services.GetRequiredService<IPasswords>();
        await AddUsersAsync(demo.Accounts.Where(account => account.OfPlatform), []);

        var affiliate = new Affiliate(new(Guid.CreateVersion7()), "Harbor Crisis Center", "US-WA", "America/Los_Angeles", 365, "oncall@harbor.example", Status.Active, 1, now, now);
        await services.GetRequiredService<IAffiliateRepository>().AddAsync(affiliate, cancellationToken);
        await work.EnterAsync(affiliate.Id, cancellationToken);
        var programs = new Dictionary<string, ProgramId>();
        foreach (var (name, settings) in demo.Programs)
        {
            var program = new Program(new(Guid.CreateVersion7()), name, null, null, Status.Active, settings, 1, now, now);
            await services.GetRequiredService<IProgramRepository>().AddAsync(program, cancellationToken);
            programs[name] = program.Id;
        }

        foreach (var keyword in demo.Keywords)
        {
            await services.GetRequiredService<IKeywordRepository>().AddAsync(
                new Keyword(new(Guid.CreateVersion7()), programs[keyword.Program], keyword.Keyword, keyword.Action, null, ResponseOf(keyword), 1, now, now), cancellationToken);
        }

        foreach (var (program, title, body) in demo.CannedResponses)
        {
            await services.GetRequiredService<ICannedResponseRepository>().AddAsync(
                new CannedResponse(new(Guid.CreateVersion7()), programs[program], title, body, 1, now, now), cancellationToken);
        }

        await services.GetRequiredService<ISurveyRepository>().AddAsync(
            new Survey(
                new(Guid.CreateVersion7()), programs[demo.Programs[^1].Name], SurveyType.Entry, "How you are", SurveyLanguage.En, EntryQuestions, null,
                Status.Active, wordingVersion: 1, version: 1, now, now),
            cancellationToken);

        await AddUsersAsync(demo.Accounts.Where(account => !account.OfPlatform), [.. programs.Values.Select(program => program.Value)]);
        var credentials = new Dictionary<string, string> { ["accountSid"] = demo.Channel.AccountSid, ["authToken"] = demo.Channel.AuthToken };
        var channel = new Channel(
            new(Guid.CreateVersion7()), programs.Values.First(), Provider.Twilio, demo.Channel.Address, credentials, "{}", Status.Active, 1, now, now);
        await services.GetRequiredService<IChannelRepository>().AddAsync(channel, cancellationToken);
        foreach (var (kind, name, area, phone, email, onCall, notes) in EmergencyContacts)
        {
            await services.GetRequiredService<IEmergencyContactRepository>().AddAsync(
                new EmergencyContact(new(Guid.CreateVersion7()), kind, name, area, phone, email, null, null, onCall, notes, Status.Active, 1, now, now),
                cancellationToken);
        }

        await work.CommitAsync(cancellationToken);
        return (affiliate.Id, channel.Id);

        async Task AddUsersAsync(IEnumerable<DemoAccount> accounts, Guid[] programIds)
        {
            foreach (var account in accounts)
            {
                var user = new User(
                    new(Guid.CreateVersion7()), account.Email, account.Name, account.Role, Status.Active, User.DefaultMaxConcurrent, programIds, 1, now, now);
                await users.AddAsync(user, passwords.Hash(account.Password), cancellationToken);
            }
        }
    }

    // Only what is empty becomes a demo: nobody's real installation shall get log-ins that everybody knows.
    private async Task<bool> IsInUseAsync(CancellationToken cancellationToken)
    {
        const string sql = "select exists (select from affiliates where id <> @Platform)";

        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(sql, new { Platform = AffiliateId.Platform.Value }, cancellationToken: cancellationToken));
    }

    private async Task TextInAsync((AffiliateId Affiliate, ChannelId Channel) made, CancellationToken cancellationToken)
    {
        var account = await channels.FindAsync(made.Affiliate, made.Channel, cancellationToken)
            ?? throw new InvalidOperationException("The demo's channel was not stored.");
        foreach (var (from, text) in Waiting)
        {
            await inbound.WriteAsync(new InboundMessage(account, from, "SM" + Guid.NewGuid().ToString("N"), text, [], null), cancellationToken);
        }
    }

    private static string ResponseOf(DemoKeyword keyword) => keyword.Action == KeywordAction.Start
        ? $"{keyword.Program}: you are not alone. A trained responder will be with you in a moment. If your life is in danger, call 911."
        : $"{keyword.Program}: free and confidential, day and night. Text HELLO to talk with a trained responder.";
}
