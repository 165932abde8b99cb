using Chat.Infrastructure.Channels;
using Microsoft.Extensions.Configuration;

namespace Chat.Infrastructure.Tests.Channels;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData(null, "http://localhost:8080/a?b=c")]
    [InlineData("", "http://localhost:8080/a?b=c")]
    [InlineData("https://chat.example", "https://chat.example/a?b=c")]
    [InlineData("https://chat.example/", "https://chat.example/a?b=c")]
    [InlineData("http://127.0.0.1:18080", "http://127.0.0.1:18080/a?b=c")]
    public void An_origin_is_what_we_are_reached_under(string? setting, string address) =>
        Assert.Equal(address, PublicAddress.From(Settings(setting)).At("/a?b=c").AbsoluteUri);

    [Theory]
    [InlineData("chat.example")]
    [InlineData("ftp://chat.example")]
    [InlineData("https://chat.example/desk")]
    [InlineData("https://chat.example/?a=b")]
    [InlineData("https://user:password@chat.example")]
    public void What_is_no_origin_is_refused_without_being_repeated(string setting)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => PublicAddress.From(Settings(setting)));

        Assert.StartsWith("PublicUrl ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", refusal.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Settings(string? publicUrl) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["PublicUrl"] = publicUrl }).Build();
}
