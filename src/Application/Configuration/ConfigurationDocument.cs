using System.ComponentModel;
using System.Text.Json;
using Chat.Application.Surveys;

namespace Chat.Application.Configuration;

// An affiliate's configuration as one document. What the members mean and may hold is what the single routes say of them: this only adds
// where they stand, and names them by what people call them instead of by ids.

[Description("An affiliate's programs, with their keywords, surveys and canned responses.")]
public sealed record ConfigurationDocument(
    [property: Description("Handed out by name; the order means nothing.")] IReadOnlyList<ProgramEntry>? Programs);

[Description("A program. The one that it describes has its short code or, where none has, its name.")]
public sealed record ProgramEntry(
    [property: Description("What people call it, at most 200 characters.")] string? Name,
    [property: Description("At most 20 letters, digits and hyphens; once in an affiliate.")] string? ShortCode = null,
    [property: Description("What it is for, at most 2,000 characters.")] string? Description = null,
    [property: Description("active (the default) or inactive.")] string? Status = null,
    [property: Description("What the page on program settings says; left out, every setting has its default.")]
    IReadOnlyDictionary<string, JsonElement>? Settings = null,
    [property: Description("What texters' words set off.")] IReadOnlyList<KeywordEntry>? Keywords = null,
    [property: Description("What texters are asked.")] IReadOnlyList<SurveyEntry>? Surveys = null,
    [property: Description("Words for responders to begin from.")] IReadOnlyList<CannedResponseEntry>? CannedResponses = null);

[Description("A keyword. The one that it describes is the same but for case, accents and punctuation.")]
public sealed record KeywordEntry(
    [property: Description("At most 40 characters; once in a program.")] string? Keyword,
    [property: Description("start (the default), reply, opt_out, opt_in or help.")] string? Action = null,
    [property: Description("Put down on the conversation that it starts.")] string? SubProgram = null,
    [property: Description("What the texter is answered; a reply needs it.")] string? Response = null);

[Description("A survey. The one that it describes has its type and title.")]
public sealed record SurveyEntry(
    [property: Description("entry or exit.")] string? Type,
    [property: Description("What people call it, at most 200 characters.")] string? Title,
    [property: Description("en (the default) or es.")] string? Language = null,
    [property: Description("active (the default) or inactive; a program has one active survey of each type.")] string? Status = null,
    [property: Description("How long a question waits for its answer, 1 to 10,080 minutes.")] int? ExpiresAfterMinutes = null,
    [property: Description("1 to 30, in the order in which they are asked.")] IReadOnlyList<SurveyQuestionForm>? Questions = null);

[Description("A canned response. The one that it describes has its title.")]
public sealed record CannedResponseEntry(
    [property: Description("What responders find it by, at most 200 characters.")] string? Title,
    [property: Description("The words, at most 1,600 characters.")] string? Body);
