using Chat.Domain.Keywords;

namespace Chat.Domain.Tests;

public sealed class OptOutWordsTests
{
    // How people and phones write a word. What is left of it is the word.
    public static readonly Func<string, string>[] Ways =
    [
        word => word,
        word => word.ToUpperInvariant(),
        word => char.ToUpperInvariant(word[0]) + word[1..],
        word => string.Concat(word.Select((letter, index) => index % 2 == 0 ? letter : char.ToUpperInvariant(letter))),
        word => $"  {word}\r\n",
        word => word + ".",
        word => word + "!!!",
        word => $"\"{word}\"",
        word => $"“{word}”…",
        word => $"({word})",
        word => word + " 🛑",
        word => word.Normalize() + "\u200B",
    ];

    // What holds the word and is something that somebody says.
    public static readonly Func<string, string>[] Sentences =
    [
        word => $"I want it to {word}",
        word => $"please {word}",
        word => $"{word} it",
        word => $"{word} {word}",
        word => $"I can't {word.ToUpperInvariant()} crying",
        word => $"{word}ping",
        word => $"he told me to {word.ToUpperInvariant()}. I did not.",
        word => string.Join(' ', word.AsEnumerable()),
    ];

    public static TheoryData<string> Words => [.. OptOutWords.All.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Words))]
    public void A_word_is_a_stop_however_it_is_typed(string word) =>
        Assert.All(Ways, way => Assert.True(OptOutWords.Match(way(word)), way(word)));

    [Theory]
    [MemberData(nameof(Words))]
    public void The_same_word_inside_a_sentence_is_content(string word) =>
        Assert.All(Sentences, sentence => Assert.False(OptOutWords.Match(sentence(word)), sentence(word)));

    [Fact]
    public void The_law_s_words_are_all_there() =>
        Assert.Subset(OptOutWords.All.ToHashSet(), new HashSet<string> { "stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe" });
}
