using Chat.Application.EmergencyContacts;
using Chat.Infrastructure.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.Infrastructure.Tests;

public sealed class WebhookAddressesTests
{
    [Theory]
    [InlineData("https://contact.example/hooks/1?to=desk", true, true)]
    [InlineData("https://contact.example:8443", true, true)]
    [InlineData("http://contact.example/hooks/1", false, true)]
    [InlineData("http://localhost:3000/hooks", false, true)]
    [InlineData("ftp://contact.example/hooks", false, false)]
    [InlineData("file:///etc/passwd", false, false)]
    [InlineData("javascript:alert(1)", false, false)]
    [InlineData("/hooks/1", false, false)]
    [InlineData("contact.example/hooks", false, false)]
    [InlineData("https://", false, false)]
    [InlineData("https://somebody:secret@contact.example/", false, false)]
    [InlineData("https://somebody@contact.example/", false, false)]
    [InlineData("https://contact.example/two words", false, false)]
    [InlineData(@"https:\\contact.example\hooks", false, false)]
    public void An_address_may_be_called(string address, bool inProduction, bool outsideProduction)
    {
        Assert.Equal(inProduction, Of(Environments.Production).Take(address));
        Assert.Equal(outsideProduction, Of(Environments.Development).Take(address));
    }

    private static WebhookAddresses Of(string environment)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Services.AddAdministration(builder.Environment);
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<WebhookAddresses>();
    }
}
