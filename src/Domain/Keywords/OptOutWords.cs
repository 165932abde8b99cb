using System.Collections.Frozen;

namespace Chat.Domain.Keywords;

/// <summary>
/// The words that end messages by themselves, whatever an affiliate has set up: those that 47 CFR 64.1200(a)(10) names, and what carriers
/// take for the same. Only as the whole message: "I want it to END" is what somebody says, and not an instruction.
/// </summary>
public static class OptOutWords
{
    public static readonly FrozenSet<string> All =
        new[] { "stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "opt out" }.ToFrozenSet();

    public static bool Match(string text) => All.Contains(KeywordText.Normalise(text));
}
