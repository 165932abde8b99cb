using Chat.Domain.Keywords;
using Chat.Domain.Users;

namespace Chat.Infrastructure.Demo;

/// <summary>A log-in of the demo. <paramref name="OfPlatform"/>: it belongs to no affiliate.</summary>
internal sealed record DemoAccount(Role Role, string Name, string Email, string Password, bool OfPlatform = false);

/// <summary>The number that demo phones text, and the pretend account behind it.</summary>
internal sealed record DemoChannel(string Address, string AccountSid, string AuthToken);

internal sealed record DemoKeyword(string Keyword, string Program, KeywordAction Action);

/// <summary>What the demo consists of. Everybody can read these passwords here, so a Production installation refuses the demo.</summary>
internal sealed record DemoSettings(IReadOnlyList<DemoAccount> Accounts, DemoChannel Channel, IReadOnlyList<DemoKeyword> Keywords)
{
    private const string CrisisLine = "Harbor Crisis Line";
    private const string Teens = "Harbor Teens";

    public static DemoSettings Default { get; } = new(
        [
            new DemoAccount(Role.Admin, "Ada Platform", "admin@chat.example", "demo-platform-1", OfPlatform: true),
            new DemoAccount(Role.Admin, "Amara Admin", "admin@harbor.example", "demo-admin-0001"),
            new DemoAccount(Role.Supervisor, "Sam Supervisor", "supervisor@harbor.example", "demo-supervisor-1"),
            new DemoAccount(Role.Responder, "Robin Responder", "robin@harbor.example", "demo-responder-1"),
            new DemoAccount(Role.Responder, "Rosa Responder", "rosa@harbor.example", "demo-responder-2"),
        ],
        new DemoChannel("+15550100000", "AC" + new string('d', 32), "demo-token-of-no-real-account"),
        [
            new DemoKeyword("HELLO", CrisisLine, KeywordAction.Start),
            new DemoKeyword("TEEN", Teens, KeywordAction.Start),
            new DemoKeyword("INFO", CrisisLine, KeywordAction.Reply),
        ]);
}
