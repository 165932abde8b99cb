using System.Text.Json;
using Chat.Domain.Programs;

namespace Chat.Domain.Tests;

public sealed class AutomaticRepliesTests
{
    private static readonly ReplyFacts Everything = new("Harbor", TimeSpan.FromMinutes(12), 3, "Monday 08:00");
    private static readonly ReplyFacts NameOnly = new("Harbor");

    [Theory]
    [InlineData("You are number {position}.", "You are number 3.")]
    [InlineData("{program}: about {minutes} minutes, {position} in line, open {opens}.", "Harbor: about 15 minutes, 3 in line, open Monday 08:00.")]
    [InlineData("No figure at all", "No figure at all")]
    [InlineData("First line.\n\nSecond: {minutes}.", "First line.\n\nSecond: 15.")]
    public void What_is_known_is_filled_in(string template, string reply) =>
        Assert.Equal(reply, AutomaticReplies.Compose(template, Everything));

    [Theory]
    [InlineData("Welcome to {program}. The wait is {minutes} minutes. Stay with us.", "Welcome to Harbor. Stay with us.")]
    [InlineData("Hello! You are {position} in line! We are here.", "Hello! We are here.")]
    [InlineData("Are you safe? {opens} is when we open. Call 988.", "Are you safe? Call 988.")]
    [InlineData("We are closed. We open {opens}. In danger, call 911. Or text 988.", "We are closed. In danger, call 911. Or text 988.")]
    [InlineData("Hello.\n\nYou are {position} in line.\n\nCall 988.", "Hello.\n\nCall 988.")]
    [InlineData("Thank you\nYou are {position} in line\nStay here", "Thank you\nStay here")]
    [InlineData("It takes approx. {minutes} minutes. Stay here.", "Stay here.")]
    [InlineData("You are no. {position} in line. Stay here.", "Stay here.")]
    [InlineData("See chat.example/help.html for more. The wait is {minutes} minutes.", "See chat.example/help.html for more.")]
    [InlineData("\"Hold on.\" You are {position} in line.", "\"Hold on.\"")]
    [InlineData("お待ちください。あと{minutes}分です。ここにいます。", "お待ちください。ここにいます。")]
    [InlineData("The wait is {minutes} minutes, and you are {position} in line.", "")]
    [InlineData("We open {opens}", "")]
    public void A_sentence_whose_figure_is_not_known_is_left_out(string template, string reply) =>
        Assert.Equal(reply, AutomaticReplies.Compose(template, NameOnly));

    [Fact]
    public void A_sentence_that_needs_two_figures_is_left_out_where_one_is_not_known() =>
        Assert.Equal("Hello.", AutomaticReplies.Compose("Hello. You are {position}, about {minutes} minutes.", NameOnly with { Position = 2 }));

    [Theory]
    [InlineData(0, "5")]
    [InlineData(1, "5")]
    [InlineData(300, "5")]
    [InlineData(301, "10")]
    [InlineData(3600, "60")]
    [InlineData(3601, "65")]
    public void A_wait_is_rounded_up_to_five_minutes(int seconds, string minutes) =>
        Assert.Equal(minutes, AutomaticReplies.Compose("{minutes}", NameOnly with { ExpectedWait = TimeSpan.FromSeconds(seconds) }));

    [Fact]
    public void A_name_that_looks_like_a_figure_is_a_name() =>
        Assert.Equal("{minutes} $0", AutomaticReplies.Compose("{program}", new ReplyFacts("{minutes} $0", TimeSpan.FromMinutes(5))));

    [Fact]
    public void The_replies_that_come_with_the_product_are_said_whole()
    {
        var replies = ProgramSettings.Read("{}").Replies;

        Assert.All([replies.Closed, replies.Expired], reply => Assert.Equal(reply, AutomaticReplies.Compose(reply, NameOnly)));
        Assert.All([replies.Closed, replies.Expired], reply => Assert.Contains("call or text 988", reply, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{name}")]
    [InlineData("{Minutes}")]
    [InlineData("{ minutes }")]
    [InlineData("{}")]
    [InlineData("{minutes")]
    [InlineData("minutes}")]
    [InlineData("{{minutes}}")]
    public void Braces_around_anything_else_are_refused(string reply) => Assert.Equal(["replies.welcome"], Faults(reply));

    [Fact]
    public void A_reply_is_no_longer_than_a_text_even_when_it_is_filled_in()
    {
        Assert.Empty(Faults(new string('a', 1600)));
        Assert.NotEmpty(Faults(new string('a', 1601)));
        Assert.Empty(Faults(new string('a', 1400) + "{program}"));
        Assert.NotEmpty(Faults(new string('a', 1401) + "{program}"));
    }

    private static IEnumerable<string> Faults(string welcome) =>
        ProgramSettings.Faults(JsonSerializer.SerializeToElement(new { replies = new { welcome } })).Keys;
}
