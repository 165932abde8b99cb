using Chat.Domain.Common;
using Chat.Domain.Messages;
using Chat.Infrastructure.Demo;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Demo;

/// <summary>Pretend phones and the pretend Twilio behind them. Mapped only where the demo is on; no part of the public contract.</summary>
internal static class DemoEndpoints
{
    public static void MapDemo(this IEndpointRouteBuilder routes)
    {
        var demo = routes.MapGroup("/api/demo").AllowAnonymous().ExcludeFromDescription();

        demo.MapGet("", Show).WithName("ShowDemo");
        demo.MapPost("/phones", AddPhone).WithName("AddDemoPhone");
        demo.MapGet("/phones/{id:guid}/messages", ListTexts).WithName("ListDemoTexts");
        demo.MapPost("/phones/{id:guid}/messages", TextIn).WithName("TextInFromDemoPhone");
        demo.MapPost("/twilio/2010-04-01/Accounts/{sid}/Messages.json", PretendTwilio.TakeMessage).WithName("TakeDemoMessage");
    }

    private static Ok<DemoAnswer> Show(DemoSettings settings) =>
        TypedResults.Ok(new DemoAnswer(
            [.. settings.Accounts.Select(account => new DemoAccountAnswer(account.Role.Name(), account.Name, account.Email, account.Password))],
            [.. settings.Keywords.Select(keyword => new DemoKeywordAnswer(keyword.Keyword, keyword.Program, keyword.Action.Name()))],
            settings.Channel.Address));

    private static Created<DemoPhone> AddPhone(DemoPhones phones)
    {
        var phone = phones.Add();
        return TypedResults.Created($"/api/demo/phones/{phone.Id}/messages", phone);
    }

    private static Results<Ok<DemoTextsAnswer>, ProblemHttpResult> ListTexts(Guid id, string? after, DemoPhones phones) =>
        phones.Find(id) is null
            ? NoSuchPhone()
            : TypedResults.Ok(new DemoTextsAnswer([.. phones.Texts(id, Guid.TryParse(after, out var text) ? text : null).Select(Answer)]));

    private static async Task<Results<Accepted<DemoTextAnswer>, ProblemHttpResult>> TextIn(
        Guid id, DemoTextBody body, DemoPhones phones, DemoTwilio twilio)
    {
        if (phones.Find(id) is not { } phone)
        {
            return NoSuchPhone();
        }

        if (!MessageText.IsSaid(body.Text) || body.Text!.Length > DemoPhones.LongestText)
        {
            return Problem(
                StatusCodes.Status400BadRequest, "request.invalid", "The request is not valid.",
                new KeyValuePair<string, object?>(
                    "errors", new Dictionary<string, string[]> { ["text"] = [$"A text has 1 to {DemoPhones.LongestText} characters."] }));
        }

        var sent = phones.Send(phone, body.Text);

        // A text that is on its way arrives, whether or not its sender still looks at the phone.
        var isTaken = await twilio.TextInAsync(phone, body.Text, CancellationToken.None);
        sent = phones.Become(phone, sent, isTaken ? DemoStatus.Delivered : DemoStatus.Failed);
        return isTaken
            ? TypedResults.Accepted((string?)null, Answer(sent))
            : Problem(StatusCodes.Status502BadGateway, "demo.webhook_failed", "The webhook did not take the text.");
    }

    private static DemoTextAnswer Answer(DemoText text) => new(text.Id, text.Direction.Name(), text.Text, text.At, text.Status.Name());

    private static ProblemHttpResult NoSuchPhone() =>
        Problem(StatusCodes.Status404NotFound, "resource.not_found", "This phone is gone: phones are kept in memory.");

    private static ProblemHttpResult Problem(int status, string code, string title, params KeyValuePair<string, object?>[] more) =>
        TypedResults.Problem(title: title, statusCode: status, extensions: [new KeyValuePair<string, object?>("code", code), .. more]);
}

internal sealed record DemoAnswer(IReadOnlyList<DemoAccountAnswer> Accounts, IReadOnlyList<DemoKeywordAnswer> Keywords, string Address);

internal sealed record DemoAccountAnswer(string Role, string Name, string Email, string Password);

internal sealed record DemoKeywordAnswer(string Keyword, string Program, string Action);

internal sealed record DemoTextBody(string? Text);

internal sealed record DemoTextAnswer(Guid Id, string Direction, string Text, DateTimeOffset At, string Status);

internal sealed record DemoTextsAnswer(IReadOnlyList<DemoTextAnswer> Items);
