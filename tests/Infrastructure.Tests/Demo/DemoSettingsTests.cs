using System.Text.Json;
using Chat.Domain.Programs;
using Chat.Infrastructure.Demo;

namespace Chat.Infrastructure.Tests.Demo;

public sealed class DemoSettingsTests
{
    [Fact]
    public void The_settings_of_the_demos_programs_are_as_an_admin_may_write_them() =>
        Assert.All(DemoSettings.Default.Programs, program =>
        {
            using var settings = JsonDocument.Parse(program.Settings);
            Assert.Empty(ProgramSettings.Faults(settings.RootElement));
        });

    [Fact]
    public void Every_keyword_of_the_demo_leads_to_one_of_its_programs() =>
        Assert.All(DemoSettings.Default.Keywords, keyword => Assert.Contains(keyword.Program, DemoSettings.Default.Programs.Select(program => program.Name)));

    [Fact]
    public void Every_canned_response_of_the_demo_belongs_to_one_of_its_programs() =>
        Assert.All(
            DemoSettings.Default.CannedResponses, response => Assert.Contains(response.Program, DemoSettings.Default.Programs.Select(program => program.Name)));
}
