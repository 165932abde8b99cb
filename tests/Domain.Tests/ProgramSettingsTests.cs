using System.Text.Json;
using Chat.Domain.Programs;

namespace Chat.Domain.Tests;

public sealed class ProgramSettingsTests
{
    private const string Everything = """
        {
          "timeZone": "America/New_York",
          "operatingHours": {"monday": [{"from": "08:00", "to": "22:00"}], "saturday": [{"from": "18:00", "to": "02:00"}],
                             "sunday": [{"from": "00:00", "to": "24:00"}]},
          "holidays": [{"date": "2026-12-25", "name": "Christmas", "hours": [{"from": "12:00", "to": "18:00"}]}, {"date": "2027-01-01"}],
          "replies": {"welcome": "Welcome to {program}.", "allBusy": "All busy: {minutes}.", "stillWaiting": "Still {position}.",
                      "closed": "Closed until {opens}.", "expired": "Sorry."},
          "stillWaitingMinutes": 10, "mostStillWaiting": 0, "queueAlertMinutes": 1, "queueTimeoutMinutes": 43200, "transferTimeoutSeconds": 10,
          "escalationReminderMinutes": 1440, "assignment": "push",
          "wrapUp": {
            "mandatory": true, "required": ["outcome", "note", "nextStep", "tags"], "outcomes": ["supported", "referred"],
            "fields": [{"id": "safety_plan", "label": "Safety plan agreed?", "kind": "yes_no", "options": [], "required": true},
                       {"id": "how", "label": "How did they find us?", "kind": "choice", "options": ["Web", "Friend"]},
                       {"id": "more", "label": "More", "kind": "text"}]
          },
          "ofTomorrow": {"kept": true}
        }
        """;

    [Fact]
    public void Every_member_is_read()
    {
        var settings = ProgramSettings.Read(Everything);

        Assert.Empty(Faults(Everything));
        Assert.Equal("America/New_York", settings.TimeZone);
        Assert.Equal([new OpenHours(new(8, 0), new(22, 0))], settings.OperatingHours![DayOfWeek.Monday]);
        Assert.Equal([new OpenHours(new(18, 0), new(2, 0))], settings.OperatingHours[DayOfWeek.Saturday]);
        Assert.Equal([default(OpenHours)], settings.OperatingHours[DayOfWeek.Sunday]);
        Assert.Equal(3, settings.OperatingHours.Count);
        Assert.Equal((new DateOnly(2026, 12, 25), "Christmas"), (settings.Holidays[0].Date, settings.Holidays[0].Name));
        Assert.Equal([new OpenHours(new(12, 0), new(18, 0))], settings.Holidays[0].Hours);
        Assert.Equal((new DateOnly(2027, 1, 1), null), (settings.Holidays[1].Date, settings.Holidays[1].Name));
        Assert.Empty(settings.Holidays[1].Hours);
        Assert.Equal(
            new ReplyTexts
            {
                Welcome = "Welcome to {program}.", AllBusy = "All busy: {minutes}.", StillWaiting = "Still {position}.",
                Closed = "Closed until {opens}.", Expired = "Sorry.",
            },
            settings.Replies);
        Assert.Equal((TimeSpan.FromMinutes(10), 0), (settings.StillWaiting, settings.MostStillWaiting));
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)), (settings.QueueAlert, settings.QueueTimeout));
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromDays(1)), (settings.TransferTimeout, settings.EscalationReminder));
        Assert.Equal(Assignment.Push, settings.Assignment);
        Assert.True(settings.WrapUp.Mandatory);
        Assert.Equal([WrapUpPart.Outcome, WrapUpPart.Note, WrapUpPart.NextStep, WrapUpPart.Tags], settings.WrapUp.Required);
        Assert.Equal(["supported", "referred"], settings.WrapUp.Outcomes);
        Assert.Equal(
            [("safety_plan", WrapUpFieldKind.YesNo, 0, true), ("how", WrapUpFieldKind.Choice, 2, false), ("more", WrapUpFieldKind.Text, 0, false)],
            settings.WrapUp.Fields.Select(field => (field.Id, field.Kind, field.Options.Count, field.Required)));
        Assert.Equal("Safety plan agreed?", settings.WrapUp.Fields[0].Label);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"timeZone": null, "operatingHours": null, "holidays": null, "replies": null, "stillWaitingMinutes": null, "assignment": null, "wrapUp": null}""")]
    [InlineData("""{"holidays": [], "replies": {"closed": null}, "wrapUp": {"mandatory": null, "required": null, "outcomes": [], "fields": []}}""")]
    public void What_is_left_out_is_as_the_product_has_it(string json)
    {
        var settings = ProgramSettings.Read(json);

        Assert.Empty(Faults(json));
        Assert.Null(settings.TimeZone);
        Assert.Null(settings.OperatingHours);
        Assert.Empty(settings.Holidays);
        Assert.Equal(new ReplyTexts(), settings.Replies);
        Assert.Null(settings.Replies.Welcome ?? settings.Replies.AllBusy ?? settings.Replies.StillWaiting);
        Assert.Equal((TimeSpan.FromMinutes(15), 3), (settings.StillWaiting, settings.MostStillWaiting));
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromDays(1)), (settings.QueueAlert, settings.QueueTimeout));
        Assert.Equal((TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(5)), (settings.TransferTimeout, settings.EscalationReminder));
        Assert.Equal(Assignment.Pull, settings.Assignment);
        Assert.False(settings.WrapUp.Mandatory);
        Assert.Empty(settings.WrapUp.Required);
        Assert.Empty(settings.WrapUp.Outcomes);
        Assert.Empty(settings.WrapUp.Fields);
    }

    [Theory]
    [InlineData("""{"greeting": 1, "Assignment": "?", "replies": {"goodbye": 5}, "wrapUp": {"colour": []}}""")]
    [InlineData("""{"holidays": [{"date": "2026-12-25", "colour": 1}], "operatingHours": {"monday": [{"from": "08:00", "to": "09:00", "who": []}]}}""")]
    public void A_member_that_is_not_known_is_not_wrong(string json) => Assert.Empty(Faults(json));

    [Theory]
    [InlineData("timeZone", """{"timeZone": "Atlantis/Capital"}""")]
    [InlineData("timeZone", """{"timeZone": "EST"}""")]
    [InlineData("timeZone", """{"timeZone": "../../etc/passwd"}""")]
    [InlineData("timeZone", """{"timeZone": ""}""")]
    [InlineData("timeZone", """{"timeZone": 1}""")]
    [InlineData("operatingHours", """{"operatingHours": []}""")]
    [InlineData("operatingHours", """{"operatingHours": "always"}""")]
    [InlineData("operatingHours.Monday", """{"operatingHours": {"Monday": []}}""")]
    [InlineData("operatingHours.mondays", """{"operatingHours": {"mondays": []}}""")]
    [InlineData("operatingHours.monday", """{"operatingHours": {"monday": {"from": "08:00", "to": "22:00"}}}""")]
    [InlineData("operatingHours.monday[0]", """{"operatingHours": {"monday": ["08:00-22:00"]}}""")]
    [InlineData("operatingHours.monday[0].from", """{"operatingHours": {"monday": [{"from": "8:00", "to": "22:00"}]}}""")]
    [InlineData("operatingHours.monday[0].from", """{"operatingHours": {"monday": [{"from": "24:00", "to": "22:00"}]}}""")]
    [InlineData("operatingHours.monday[0].from", """{"operatingHours": {"monday": [{"from": 8, "to": "22:00"}]}}""")]
    [InlineData("operatingHours.monday[0].from", """{"operatingHours": {"monday": [{"to": "22:00"}]}}""")]
    [InlineData("operatingHours.monday[0].to", """{"operatingHours": {"monday": [{"from": "08:00"}]}}""")]
    [InlineData("operatingHours.monday[1].to", """{"operatingHours": {"monday": [{"from": "08:00", "to": "09:00"}, {"from": "10:00", "to": "24:01"}]}}""")]
    [InlineData("operatingHours.monday[0].to", """{"operatingHours": {"monday": [{"from": "08:00", "to": "10:00 pm"}]}}""")]
    [InlineData("operatingHours.friday[0].to operatingHours.monday[0].from", """{"operatingHours": {"monday": [{"from": "", "to": "22:00"}], "friday": [{"from": "08:00", "to": null}]}}""")]
    [InlineData("holidays", """{"holidays": {"date": "2026-12-25"}}""")]
    [InlineData("holidays[0]", """{"holidays": ["2026-12-25"]}""")]
    [InlineData("holidays[0].date", """{"holidays": [{}]}""")]
    [InlineData("holidays[0].date", """{"holidays": [{"date": "12/25/2026"}]}""")]
    [InlineData("holidays[0].date", """{"holidays": [{"date": "2026-02-29"}]}""")]
    [InlineData("holidays[1].date", """{"holidays": [{"date": "2026-12-25"}, {"date": "2026-12-25"}]}""")]
    [InlineData("holidays[0].name", """{"holidays": [{"date": "2026-12-25", "name": 25}]}""")]
    [InlineData("holidays[0].hours[0].to", """{"holidays": [{"date": "2026-12-25", "hours": [{"from": "08:00", "to": "25:00"}]}]}""")]
    [InlineData("replies", """{"replies": "Hello"}""")]
    [InlineData("replies.welcome", """{"replies": {"welcome": ""}}""")]
    [InlineData("replies.allBusy", """{"replies": {"allBusy": " \n "}}""")]
    [InlineData("replies.stillWaiting", """{"replies": {"stillWaiting": ["Hold on"]}}""")]
    [InlineData("replies.closed", """{"replies": {"closed": "{when}"}}""")]
    [InlineData("replies.expired", """{"replies": {"expired": false}}""")]
    [InlineData("stillWaitingMinutes", """{"stillWaitingMinutes": 0}""")]
    [InlineData("stillWaitingMinutes", """{"stillWaitingMinutes": 1441}""")]
    [InlineData("stillWaitingMinutes", """{"stillWaitingMinutes": "10"}""")]
    [InlineData("stillWaitingMinutes", """{"stillWaitingMinutes": 2.5}""")]
    [InlineData("mostStillWaiting", """{"mostStillWaiting": -1}""")]
    [InlineData("mostStillWaiting", """{"mostStillWaiting": 21}""")]
    [InlineData("queueAlertMinutes", """{"queueAlertMinutes": 99999999999}""")]
    [InlineData("queueTimeoutMinutes", """{"queueTimeoutMinutes": 43201}""")]
    [InlineData("transferTimeoutSeconds", """{"transferTimeoutSeconds": 9}""")]
    [InlineData("transferTimeoutSeconds", """{"transferTimeoutSeconds": 86401}""")]
    [InlineData("escalationReminderMinutes", """{"escalationReminderMinutes": true}""")]
    [InlineData("assignment", """{"assignment": "Pull"}""")]
    [InlineData("assignment", """{"assignment": 0}""")]
    [InlineData("quietHours.from", """{"quietHours": {"from": "9pm", "to": "08:00"}}""")]
    [InlineData("quietHours.to", """{"quietHours": {"from": "21:00"}}""")]
    [InlineData("followUpReplyHours", """{"followUpReplyHours": 0}""")]
    [InlineData("optOutScope", """{"optOutScope": "everywhere"}""")]
    [InlineData("wrapUp", """{"wrapUp": true}""")]
    [InlineData("wrapUp.mandatory", """{"wrapUp": {"mandatory": "yes"}}""")]
    [InlineData("wrapUp.required", """{"wrapUp": {"required": "note"}}""")]
    [InlineData("wrapUp.required[1]", """{"wrapUp": {"required": ["note", "next_step"]}}""")]
    [InlineData("wrapUp.required[1]", """{"wrapUp": {"required": ["note", "note"]}}""")]
    [InlineData("wrapUp.outcomes[0]", """{"wrapUp": {"outcomes": [""]}}""")]
    [InlineData("wrapUp.outcomes[1]", """{"wrapUp": {"outcomes": ["supported", "supported"]}}""")]
    [InlineData("wrapUp.fields[0]", """{"wrapUp": {"fields": ["safety_plan"]}}""")]
    [InlineData("wrapUp.fields[0].id wrapUp.fields[0].kind wrapUp.fields[0].label", """{"wrapUp": {"fields": [{}]}}""")]
    [InlineData("wrapUp.fields[0].id", """{"wrapUp": {"fields": [{"id": "Safety plan", "label": "Agreed?", "kind": "yes_no"}]}}""")]
    [InlineData("wrapUp.fields[1].id", """{"wrapUp": {"fields": [{"id": "a", "label": "A", "kind": "text"}, {"id": "a", "label": "B", "kind": "text"}]}}""")]
    [InlineData("wrapUp.fields[0].kind", """{"wrapUp": {"fields": [{"id": "a", "label": "A", "kind": "yesNo"}]}}""")]
    [InlineData("wrapUp.fields[0].options", """{"wrapUp": {"fields": [{"id": "a", "label": "A", "kind": "choice", "options": []}]}}""")]
    [InlineData("wrapUp.fields[0].options", """{"wrapUp": {"fields": [{"id": "a", "label": "A", "kind": "text", "options": ["x"]}]}}""")]
    [InlineData("wrapUp.fields[0].options[1]", """{"wrapUp": {"fields": [{"id": "a", "label": "A", "kind": "choice", "options": ["x", 1]}]}}""")]
    [InlineData("wrapUp.fields[0].required", """{"wrapUp": {"fields": [{"id": "a", "label": "A", "kind": "text", "required": 1}]}}""")]
    public void What_is_wrong_is_named(string paths, string json)
    {
        var faults = ProgramSettings.Faults(JsonElement.Parse(json));

        Assert.Equal(paths.Split(' '), faults.Keys.Order(StringComparer.Ordinal));
        Assert.All(faults.Values, message => Assert.False(string.IsNullOrWhiteSpace(message)));
    }

    [Fact]
    public void What_was_stored_before_there_were_rules_counts_as_left_out_where_it_is_wrong()
    {
        var settings = ProgramSettings.Read("""
            {"timeZone": "home", "operatingHours": {"monday": "9 to 5"}, "holidays": [{"date": "soon"}, {"date": "2026-12-25"}], "assignment": "push",
             "stillWaitingMinutes": "ten", "replies": {"welcome": "Hi", "closed": 5}, "wrapUp": {"mandatory": true, "required": ["all"]}}
            """);

        Assert.Null(settings.TimeZone);
        Assert.Null(settings.OperatingHours);
        Assert.Empty(settings.Holidays);
        Assert.Equal(TimeSpan.FromMinutes(15), settings.StillWaiting);
        Assert.Equal(Assignment.Push, settings.Assignment);
        Assert.Equal(("Hi", ReplyTexts.ClosedByDefault), (settings.Replies.Welcome, settings.Replies.Closed));
        Assert.True(settings.WrapUp.Mandatory);
        Assert.Empty(settings.WrapUp.Required);
    }

    [Fact]
    public void Hours_are_in_the_programs_own_time_zone_or_in_its_affiliates()
    {
        var noon = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
        var afternoon = ProgramSettings.Read("""{"operatingHours": {"monday": [{"from": "14:00", "to": "15:00"}]}}""");

        Assert.True(afternoon.HoursIn("Europe/Berlin").IsOpenAt(noon));
        Assert.False((afternoon with { TimeZone = "Asia/Kolkata" }).HoursIn("Europe/Berlin").IsOpenAt(noon));
        Assert.Null(ProgramSettings.Read("{}").HoursIn("Europe/Berlin").ClosesAt(noon));
    }

    private static IEnumerable<string> Faults(string json) => ProgramSettings.Faults(JsonElement.Parse(json)).Keys;
}
