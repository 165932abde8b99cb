using Chat.Domain.Keywords;
using Chat.Domain.Messages;

namespace Chat.Domain.Tests;

public sealed class KeywordTextTests
{
    [Theory]
    [InlineData("help", "HELP")]
    [InlineData("help", "  Help!! ")]
    [InlineData("help", "help\r\n")]
    [InlineData("help", "“Help”…")]
    [InlineData("help", "HELP 🙏🏽")]
    [InlineData("help", "🆘help🆘")]
    [InlineData("help", "ｈｅｌｐ")]
    [InlineData("help", "he\u200Dlp")]
    [InlineData("help", "\uFEFFhelp")]
    [InlineData("crisis teen", "crisis-teen")]
    [InlineData("crisis teen", "Crisis   Teen")]
    [InlineData("dont", "don't")]
    [InlineData("dont", "DON’T")]
    [InlineData("adios", "¡Adiós!")]
    [InlineData("ayudame", "ayúdame")]
    [InlineData("manana", "MAÑANA")]
    [InlineData("manana", "man\u0303ana")]
    [InlineData("hola", "¿Hola?")]
    [InlineData("ayuda", "ＡＹＵＤＡ。")]
    [InlineData("741741", "741741")]
    public void The_same_word_however_it_is_typed(string expected, string typed) => Assert.Equal(expected, KeywordText.Normalise(typed));

    [Theory]
    [InlineData("help", "helpful")]
    [InlineData("help", "h e l p")]
    [InlineData("help", "help me")]
    [InlineData("help", "please help")]
    [InlineData("end", "I want it to END")]
    [InlineData("stop", "I can't stop crying")]
    [InlineData("stop", "stop it stop it")]
    [InlineData("quit", "I quit my job today")]
    [InlineData("hello", "hell o")]
    public void A_sentence_that_holds_a_keyword_is_a_sentence(string keyword, string typed) => Assert.NotEqual(keyword, KeywordText.Normalise(typed));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("!?…")]
    [InlineData("🙏🏽")]
    [InlineData("\u200D\uFE0F")]
    public void Nothing_said_is_no_keyword(string typed) => Assert.Equal("", KeywordText.Normalise(typed));

    [Fact]
    public void A_long_message_is_never_a_keyword()
    {
        Assert.Equal(new string('a', 40), KeywordText.Normalise(new string('a', 40)));
        Assert.Equal("", KeywordText.Normalise(new string('a', 41)));
        Assert.Equal("", KeywordText.Normalise("help" + new string(' ', 200)));
    }

    // Not as theories: an attribute is stored as UTF-8, which cannot hold half a character.
    [Fact]
    public void Half_a_character_is_no_part_of_a_keyword_and_no_fault()
    {
        foreach (var half in (string[])["\uD83D", "\uDE00"])
        {
            Assert.Equal("help", KeywordText.Normalise(MessageText.Clean("help" + half)));
        }
    }
}
