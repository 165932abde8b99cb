using Chat.Domain.Messages;

namespace Chat.Domain.Tests;

public sealed class MessageTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("I'm here 🙂\r\nстою", "I'm here 🙂\r\nстою")]
    [InlineData("a\0b", "a\uFFFDb")]
    [InlineData("\0", "\uFFFD")]
    [InlineData("🙂\0🙂", "🙂\uFFFD🙂")]
    public void What_cannot_be_stored_is_replaced_and_the_rest_kept(string text, string kept) => Assert.Equal(kept, MessageText.Clean(text));

    // Not as a theory: an attribute is stored as UTF-8, which cannot hold half a character.
    [Fact]
    public void Half_a_character_is_replaced_wherever_it_stands()
    {
        Assert.Equal("a\uFFFDb", MessageText.Clean("a\uD83Db"));
        Assert.Equal("a\uFFFDb", MessageText.Clean("a\uDE42b"));
        Assert.Equal("a\uFFFD", MessageText.Clean("a\uD83D"));
        Assert.Equal("\uFFFD\uFFFD", MessageText.Clean("\uDE42\uD83D"));
        Assert.Equal("\uFFFD🙂", MessageText.Clean("\uD83D🙂"));
    }

    [Fact]
    public void A_text_is_kept_up_to_the_limit()
    {
        Assert.Equal(new string('a', 16_000), MessageText.Clean(new string('a', 16_000)));
        Assert.Equal(new string('a', 16_000), MessageText.Clean(new string('a', 16_001)));
    }

    [Fact]
    public void A_cut_never_goes_through_a_character()
    {
        var across = new string('a', 15_999) + "🙂";
        var within = new string('a', 15_998) + "🙂";

        Assert.Equal(new string('a', 15_999), MessageText.Clean(across + "and on"));
        Assert.Equal(within, MessageText.Clean(within + "and on"));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData(" \t\r\n\u00A0\u3000", false)]
    [InlineData("\u200B\u2060\uFEFF", false)]
    [InlineData("\0\u0007", false)]
    [InlineData(" a ", true)]
    [InlineData("🙂", true)]
    public void A_text_says_something_or_it_does_not(string? text, bool isSaid) => Assert.Equal(isSaid, MessageText.IsSaid(text));
}
