using Chat.Infrastructure.Startup;
using Microsoft.Extensions.Configuration;

namespace Chat.Infrastructure.Tests.Startup;

public sealed class SafeSettingsTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("starttls", false)]
    [InlineData("StartTls", false)]
    [InlineData("none", true)]
    [InlineData("None", true)]
    [InlineData("1", true)]
    [InlineData(" none ", true)]
    public void Production_does_not_send_mail_in_the_clear(string? tls, bool refused)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Smtp:Tls"] = tls }).Build();

        Assert.Equal(refused, SafeSettings.Faults(settings).Any(fault => fault.StartsWith("Smtp__Tls ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("seven calm rivers at dawn", false)]
    [InlineData("tooshort", true)]
    [InlineData("Password123!", true)]
    [InlineData("admin@crisis.example", true)]
    public void Production_does_not_make_an_admin_whose_password_is_tried_first(string password, bool refused)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Bootstrap:AdminEmail"] = "admin@crisis.example", ["Bootstrap:AdminPassword"] = password,
        }).Build();

        Assert.Equal(refused, SafeSettings.Faults(settings).Any(fault => fault.StartsWith("Bootstrap__AdminPassword ", StringComparison.Ordinal)));
    }
}
