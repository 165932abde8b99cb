using System.Diagnostics;
using Chat.Domain.Conversations;
using Chat.Domain.Triage;

namespace Chat.Domain.Tests.Triage;

/// <summary>Phrases that an affiliate adds to the rules.</summary>
public sealed class AddedPhraseTests
{
    [Theory]
    [InlineData("i (want|need) to go to the blue door", "I want to go to the blue door", true)]
    [InlineData("i want .. blue door", "i want the very blue door", true)]
    [InlineData("i want .. blue door", "i do not want the blue door", false)]
    [InlineData("i want .. blue door", "in the film i want the blue door", false)]
    [InlineData("blue door", "they painted it blue. door is open", false)]
    public void An_added_phrase_gives_its_cue_as_those_do_that_came_with_the_rules(string pattern, string message, bool raised)
    {
        var engine = With(new AddedPhrase("en", "death_wish", pattern));

        Assert.Equal(RiskLevel.None, new TriageEngine(RuleSet.Default).Assess([message]).Level);
        Assert.Equal(raised, engine.Assess([message]).Level > RiskLevel.None);
        Assert.Equal("2026.11-1+3", engine.Version);
    }

    [Fact]
    public void An_added_figure_of_speech_takes_away_what_it_covers_and_nothing_else()
    {
        var engine = With(new AddedPhrase("en", null, "i want to die at the beach"));

        Assert.Equal(RiskLevel.None, engine.Assess(["i want to die at the beach"]).Level);
        Assert.True(engine.Assess(["i want to die"]).Level > RiskLevel.None);
    }

    [Theory]
    [InlineData("(a b", 0, "open bracket")]
    [InlineData("blue) door", 4, "bracket too many")]
    [InlineData("? door", 0, "after nothing")]
    [InlineData("blue <nobody> door", 5, "class which there is not")]
    [InlineData("blue bo*", 5, "fewer than 3")]
    [InlineData("blue *", 5, "plain letters")]
    [InlineData("Blue door", 0, "plain letters")]
    [InlineData("the don't", 4, "plain letters")]
    [InlineData("blue #old", 5, "#minor")]
    [InlineData("... _ ..", 0, "no word")]
    [InlineData("... blue door", 0, "with a gap")]
    [InlineData("blue door (..|now)", 0, "with a gap")]
    [InlineData("blue|#", 0, "no word")]
    [InlineData("^ blue? $", 0, "no word")]
    [InlineData("(blue door)?", 0, "nothing")]
    [InlineData("(a|b|c|d|e|f|g) (a|b|c|d|e|f|g) door", 16, "too much")]
    [InlineData("(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)", 25, "too much")]
    public void A_phrase_that_cannot_be_added_says_what_is_the_matter_and_where(string pattern, int at, string what)
    {
        var fault = Assert.Throws<PhraseException>(() => RuleSet.Default.Check("en", pattern));

        Assert.Contains(what, fault.What, StringComparison.Ordinal);
        Assert.Equal(at, fault.At);
    }

    [Fact]
    public void Any_text_is_either_a_phrase_or_refused()
    {
        const string letters = "ab ()|?.*#<>^$_'é😀\t0A";
        var random = new Random(5);
        for (var round = 0; round < 5000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => letters[random.Next(letters.Length)]));
            try
            {
                RuleSet.Default.Check("es", text);
                With(new AddedPhrase("es", "death_wish", text)).Assess([text]);
                round += 50;
            }
            catch (PhraseException)
            {
                // Refused, which is what most of them are for.
            }
        }
    }

    [Fact]
    public void However_many_are_added_they_take_nothing_from_the_others_and_a_long_message_stays_cheap()
    {
        var many = Enumerable.Range(0, 300).Select(number => new AddedPhrase("en", "death_wish", $"_ ... kill ... (a|b) ... {Word(number)} ... x")).ToArray();
        var engine = With(many);
        var message = string.Concat(Enumerable.Repeat("kill myself tonight a b ", 16_000 / 24));
        var without = Time(new TriageEngine(RuleSet.Default), message);

        var with = Time(engine, message);

        Assert.True(with < (5 * without) + TimeSpan.FromMilliseconds(300), $"It took {with} instead of {without}.");
        Assert.Equal(RiskLevel.Imminent, engine.Assess([message]).Level);
        Assert.Equal(RiskLevel.Imminent, engine.Assess(["I am going to kill myself tonight"]).Level);
    }

    private static TriageEngine With(params AddedPhrase[] phrases) => new(RuleSet.Default.With(phrases, "2026.11-1+3"));

    private static TimeSpan Time(TriageEngine engine, string message)
    {
        engine.Assess([message]);
        var watch = Stopwatch.StartNew();
        engine.Assess([message]);
        return watch.Elapsed;
    }

    private static string Word(int number) => new([.. number.ToString("000", System.Globalization.CultureInfo.InvariantCulture).Select(digit => (char)('a' + digit - '0'))]);
}
