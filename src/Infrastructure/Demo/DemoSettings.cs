using Chat.Domain.Keywords;
using Chat.Domain.Users;

namespace Chat.Infrastructure.Demo;

/// <summary>A log-in of the demo. <paramref name="OfPlatform"/>: it belongs to no affiliate.</summary>
internal sealed record DemoAccount(Role Role, string Name, string Email, string Password, bool OfPlatform = false);

/// <summary>The number that demo phones text, and the pretend account behind it.</summary>
internal sealed record DemoChannel(string Address, string AccountSid, string AuthToken);

/// <param name="Settings">In JSON, as an admin would write them.</param>
internal sealed record DemoProgram(string Name, string Settings);

internal sealed record DemoKeyword(string Keyword, string Program, KeywordAction Action);

/// <summary>Words that the demo's responders can begin from.</summary>
internal sealed record DemoCannedResponse(string Program, string Title, string Body);

/// <summary>What the demo consists of. Everybody can read these passwords here, so a Production installation refuses the demo.</summary>
internal sealed record DemoSettings(
    IReadOnlyList<DemoAccount> Accounts, DemoChannel Channel, IReadOnlyList<DemoProgram> Programs, IReadOnlyList<DemoKeyword> Keywords,
    IReadOnlyList<DemoCannedResponse> CannedResponses)
{
    private const string CrisisLine = "Harbor Crisis Line";
    private const string Teens = "Harbor Teens";

    // Open day and night, so that the demo answers whenever somebody tries it.
    private const string CrisisLineSettings = """
        {
          "replies": {
            "welcome": "You have reached {program}. A trained responder will be with you soon. If your life is in danger, call 911.",
            "allBusy": "All our responders are with somebody right now. You are number {position} in line. If your life is in danger, call 911.",
            "stillWaiting": "You are not forgotten. You are number {position} in line. If your life is in danger, call 911."
          },
          "stillWaitingMinutes": 10,
          "wrapUp": {
            "required": ["outcome", "note"],
            "outcomes": ["Supported", "Referred to other help", "Emergency services brought in", "The texter left", "No crisis, or a test"],
            "fields": [
              { "id": "safety_plan", "label": "Was a safety plan agreed on?", "kind": "yes_no", "required": true },
              { "id": "heard_of_us", "label": "How did they hear of us?", "kind": "choice", "options": ["School", "A friend", "A doctor", "The web"] },
              { "id": "strengths", "label": "What helps them?", "kind": "text" }
            ]
          }
        }
        """;

    private const string TeensSettings = """
        {
          "replies": {
            "welcome": "You have reached {program}. Somebody who listens will be with you soon. If your life is in danger, call 911.",
            "stillWaiting": "We have not forgotten you. You are number {position} in line. If your life is in danger, call 911."
          },
          "stillWaitingMinutes": 5,
          "transferTimeoutSeconds": 120,
          "wrapUp": {
            "mandatory": true,
            "required": ["outcome", "tags"],
            "outcomes": ["Supported", "Referred to other help", "Guardian involved", "The texter left"],
            "fields": [{ "id": "school", "label": "Does their school know?", "kind": "yes_no" }]
          }
        }
        """;

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
            new DemoProgram(CrisisLine, CrisisLineSettings),
            new DemoProgram(Teens, TeensSettings),
        ],
        [
            new DemoKeyword("HELLO", CrisisLine, KeywordAction.Start),
            new DemoKeyword("TEEN", Teens, KeywordAction.Start),
            new DemoKeyword("INFO", CrisisLine, KeywordAction.Reply),
        ],
        [
            new DemoCannedResponse(
                CrisisLine, "Grounding: five things",
                "Let's try something together. Look around you and tell me five things you can see. Take your time, I am here."),
            new DemoCannedResponse(
                CrisisLine, "Breathing with me", "Breathe in while you count to four, and out while you count to six. Do that three times, then tell me how it was."),
            new DemoCannedResponse(
                CrisisLine, "Somebody to talk to",
                "If talking would be easier than texting, you can call or text 988 at any hour. I stay here with you as long as you want to write."),
            new DemoCannedResponse(
                CrisisLine, "Goodbye, and what was agreed",
                "Thank you for trusting me with this, [name]. For tonight you said: [what helps]. You can text HELLO again at any hour."),
            new DemoCannedResponse(
                Teens, "Somebody at school", "Is there a grown-up at school you trust a little, a counselor or a teacher? We can think together about what to say to them."),
            new DemoCannedResponse(
                Teens, "Box breathing", "Picture a square. Breathe in along one side for four, hold for four, out for four, hold for four. Shall we go around it together?"),
        ]);
}
