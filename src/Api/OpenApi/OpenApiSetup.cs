using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Chat.Api.OpenApi;

/// <summary>The published description of the API: what the SDK and the web app's types are generated from.</summary>
internal static class OpenApiSetup
{
    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.Configure<SwaggerOptions>(options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "Chat",
                Version = "v1",
                Description = "The open platform on which crisis lines answer people by text. Sign in with POST /api/auth/login and use the access token as "
                    + "bearer token. Errors are application/problem+json with a stable `code`. Lists take `limit` and `cursor` and answer `items` and `nextCursor`. "
                    + "Every POST that makes something takes an `Idempotency-Key`. Besides the codes that stand at each operation, any address can answer "
                    + string.Join(", ", StableCodes.Anywhere.Select(code => $"`{code}`")) + ".",
            });
            options.SupportNonNullableReferenceTypes();
            options.NonNullableReferenceTypesAsRequired();
            options.UseAllOfToExtendReferenceSchemas();
            options.AddSecurityDefinition("bearer", new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "The accessToken of POST /api/auth/login, or a partner's API key (chat_…).",
            });
            options.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] });
            foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "Chat.*.xml"))
            {
                options.IncludeXmlComments(file);
            }

            options.DocumentFilter<NullableReferences>();
            options.OperationFilter<CommonAnswers>();
            options.OperationFilter<OpenToAnybody>();
            options.OperationFilter<CommonWords>();
            options.SchemaFilter<Examples>();
            options.SchemaFilter<CommonWords>();
        });
    }
}

/// <summary>Swashbuckle writes a nullable reference in OpenAPI 3.1 as type null with allOf, which nothing satisfies; it means one of the two.</summary>
internal sealed class NullableReferences : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        foreach (var schema in swaggerDoc.Components?.Schemas?.Values ?? [])
        {
            Walk(schema);
        }
    }

    private static void Walk(IOpenApiSchema? schema)
    {
        if (schema is not OpenApiSchema own)
        {
            return;
        }

        foreach (var property in own.Properties?.Values ?? [])
        {
            Mend(property);
        }

        foreach (var part in own.AllOf ?? [])
        {
            Walk(part);
        }

        Mend(own.Items);
        Mend(own.AdditionalProperties);
    }

    private static void Mend(IOpenApiSchema? schema)
    {
        if (schema is not OpenApiSchema own)
        {
            return;
        }

        if (own is { Type: JsonSchemaType.Null, AllOf: [OpenApiSchemaReference reference] })
        {
            own.Type = null;
            own.AllOf = null;
            own.OneOf = [reference, new OpenApiSchema { Type = JsonSchemaType.Null }];
        }
        else
        {
            Walk(own);
        }
    }
}

/// <summary>What every operation can answer besides its result, and the headers that many take.</summary>
internal sealed class CommonAnswers : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var problem = context.SchemaGenerator.GenerateSchema(typeof(ProblemView), context.SchemaRepository);
        var path = "/" + context.ApiDescription.RelativePath;
        var method = context.ApiDescription.HttpMethod;
        operation.Responses ??= [];
        foreach (var (status, meaning) in Answers(path, method))
        {
            operation.Responses.TryAdd(status, Answer(meaning, problem));
        }

        if (path.StartsWith("/api/", StringComparison.Ordinal) && NamesSomething(context.ApiDescription))
        {
            operation.Responses.TryAdd("404", Answer("What it names is not there, or not the caller's to see.", problem));
        }

        if (operation.Parameters?.FirstOrDefault(parameter => parameter.Name == "If-Match") is OpenApiParameter version)
        {
            version.Description = "The ETag of the copy that the change was made from, as GET answered it.";
            operation.Responses["412"] = Answer("It has been changed since: read it again, and repeat the change.", problem);
            if (method == "PUT")
            {
                operation.Responses["428"] = Answer("If-Match is missing.", problem);
            }
        }

        foreach (var (status, answer) in operation.Responses)
        {
            if (StableCodes.Of(operation.OperationId, status) is { Count: > 0 } codes)
            {
                answer.Description += $" Codes: {string.Join(", ", codes.Select(code => $"`{code}`"))}.";
            }
        }

        if (method == "POST" && path.StartsWith("/api/", StringComparison.Ordinal) && !path.Contains("/auth/", StringComparison.Ordinal)
            && !path.StartsWith("/api/webhooks/", StringComparison.Ordinal))
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = "Idempotency-Key", In = ParameterLocation.Header, Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
                Description = "The caller's own name for this request, kept for 24 hours: a repeated request is answered as before and not repeated.",
            });
        }
    }

    /// <summary>Whether a question can name an affiliate, or a body an affiliate or a program: it may be somebody else's.</summary>
    private static bool NamesSomething(ApiDescription description) => description.ParameterDescriptions.Any(given =>
        given.Name == "affiliateId"
        || (given.Source == BindingSource.Body
            && (given.Type.GetProperty("AffiliateId") is not null || given.Type.GetProperty("ProgramId")?.PropertyType == typeof(Guid))));

    private static OpenApiResponse Answer(string meaning, IOpenApiSchema problem) => new()
    {
        Description = meaning,
        Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = problem } },
    };

    private static IEnumerable<(string Status, string Meaning)> Answers(string path, string? method)
    {
        if (!path.StartsWith("/api/", StringComparison.Ordinal))
        {
            yield break;
        }

        yield return ("400", "The request is malformed, or a field is not right: `errors` says which.");
        if (path.StartsWith("/api/webhooks/", StringComparison.Ordinal))
        {
            yield return ("403", "The signature does not match; the call was kept in quarantine.");
            yield return ("404", "No such provider, or no channel of ours has the address.");
            yield return ("413", "The body is larger than the provider sends.");
            yield break;
        }

        yield return ("401", "Nobody is signed in, or not any more.");
        yield return ("429", "Too many at once; Retry-After says when to try again.");
        if (path.Contains("/auth/", StringComparison.Ordinal))
        {
            yield return ("409", "The state of things does not allow it: `code` says why.");
            yield break;
        }

        yield return ("403", "The caller's role does not allow this.");
        if (path.Contains('{', StringComparison.Ordinal))
        {
            yield return ("404", "Not there, or not the caller's to see.");
        }

        if (method is "POST" or "DELETE" or "PUT")
        {
            yield return ("409", "The state of things does not allow it: `code` says why.");
        }

        if (method == "POST")
        {
            yield return ("422", "The Idempotency-Key was used with another request.");
        }
    }
}

/// <summary>An operation that asks for nobody's name says so; all others take the bearer token.</summary>
internal sealed class OpenToAnybody : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [];
        }
    }
}

/// <summary>An error, as RFC 9457 has it.</summary>
internal sealed record ProblemView
{
    /// <summary>urn:chat:problem: and the code.</summary>
    public required string Type { get; init; }

    /// <summary>What is wrong, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status once more.</summary>
    public required int Status { get; init; }

    /// <summary>More of it, for people; may change.</summary>
    public string? Detail { get; init; }

    /// <summary>A stable word for what is wrong, for programs to switch on.</summary>
    public required string Code { get; init; }

    /// <summary>Finds the request in the logs.</summary>
    public required string TraceId { get; init; }

    /// <summary>Field by field, what is not right.</summary>
    public IDictionary<string, string[]>? Errors { get; init; }
}

/// <summary>An example for each body, so that "Try it out" begins with something that works.</summary>
internal sealed class Examples : ISchemaFilter
{
    private static readonly Dictionary<string, string> ByBody = new()
    {
        ["LogInBody"] = """{"email": "admin@example.org", "password": "correct horse battery staple"}""",
        ["RefreshBody"] = """{"refreshToken": "kR3v…"}""",
        ["ChangePasswordBody"] = """{"currentPassword": "correct horse battery staple", "newPassword": "seven calm rivers at dawn"}""",
        ["ClaimBody"] = """{"programId": "0199a3c4-7d52-7b1e-9c1f-2f6f0c8f4a10"}""",
        ["MessageBody"] = """{"content": "Hi, I'm glad you wrote. What is going on tonight?", "clientMessageId": "b2f6c0de-1", "kind": "text"}""",
        ["CloseBody"] = """{"reason": "resolved", "seenSequence": 12}""",
        ["TransferBody"] = """{"toResponderId": "0199a3c4-7d52-7b1e-9c1f-2f6f0c8f4a11", "note": "Exam stress, no plan. Has not slept. Prefers short texts."}""",
        ["ReturnBody"] = """{"note": "My shift ends; they want to go on talking about school."}""",
        ["EscalateBody"] = """
            {"type": "medical", "urgency": "critical", "location": "12 Harbor Street, Seattle", "locationSource": "texter_said", "reason": "Has taken pills"}
            """,
        ["ResolveBody"] = """{"outcome": "paramedics_with_texter", "note": "Arrived 21:42, conscious."}""",
        ["ReportBody"] = """
            {"outcome": "supported", "tags": ["anxiety"], "note": "Calmer at the end.", "nextStep": "Will talk to a friend tomorrow", "fields": {}}
            """,
        ["FollowUpBody"] = """{"scheduledFor": "2030-01-01T18:00:00Z", "message": "Hi, it's Harbor. How are you today?"}""",
        ["EscalationBody"] = """{"urgency": "critical", "location": "12 Harbor Street, flat 3, Seattle", "locationSource": "texter_said"}""",
        ["EscalationContactBody"] = """{"contact": "King County dispatch", "method": "phone", "outcome": "unit on its way", "note": "Case 4711"}""",
        ["TexterSearchBody"] = """{"phone": "+1 555 010 0021"}""",
        ["PlanBody"] = """{"plan": "Breathing exercises help. Call them June."}""",
        ["TexterNoteBody"] = """{"content": "Lives with a sister."}""",
        ["TimeZoneBody"] = """{"timeZone": "America/Denver"}""",
        ["BlockBody"] = """{"blocked": true, "reason": "Threatens staff", "until": "2030-01-01T00:00:00Z"}""",
        ["JoinBody"] = """{"texterId": "0199a3c4-7d52-7b1e-9c1f-2f6f0c8f4a12"}""",
        ["SeparateBody"] = """{"addressId": "0199a3c4-7d52-7b1e-9c1f-2f6f0c8f4a13"}""",
        ["LegalHoldBody"] = """{"onHold": true, "reason": "Court order 12/26"}""",
        ["RiskBody"] = """{"level": "low", "reason": "Asked about intent: none. Has a safety plan."}""",
        ["PresenceBody"] = """{"status": "available"}""",
        ["TagsBody"] = """{"tags": ["anxiety", "school"]}""",
        ["AffiliateBody"] = """
            {"name": "Harbor Crisis Center", "region": "US-WA", "timeZone": "America/Los_Angeles", "dataRetentionDays": 365,
             "contactEmail": "oncall@harbor.example", "status": "active"}
            """,
        ["ProgramBody"] = """
            {"name": "Harbor Crisis Line", "shortCode": "HARBOR", "description": "Every evening, and all night from Saturday to Sunday.", "status": "active",
             "settings": {
               "timeZone": "America/Los_Angeles",
               "operatingHours": {
                 "monday": [{"from": "16:00", "to": "24:00"}], "tuesday": [{"from": "16:00", "to": "24:00"}],
                 "wednesday": [{"from": "16:00", "to": "24:00"}], "thursday": [{"from": "16:00", "to": "24:00"}],
                 "friday": [{"from": "16:00", "to": "24:00"}], "saturday": [{"from": "18:00", "to": "06:00"}],
                 "sunday": [{"from": "16:00", "to": "24:00"}]},
               "holidays": [{"date": "2026-12-25", "name": "Christmas", "hours": [{"from": "12:00", "to": "18:00"}]}, {"date": "2027-01-01"}],
               "replies": {
                 "welcome": "You have reached {program}. A trained responder will be with you soon. We expect that to take about {minutes} minutes.",
                 "allBusy": "All our responders are with somebody right now. You are number {position} in line.",
                 "stillWaiting": "You are not forgotten. You are number {position} in line. In danger? Call or text 988.",
                 "closed": "We are closed right now. We open again {opens}. In danger? Call or text 988."},
               "stillWaitingMinutes": 10, "mostStillWaiting": 3, "queueAlertMinutes": 5, "queueTimeoutMinutes": 1440,
               "transferTimeoutSeconds": 180, "escalationReminderMinutes": 5, "assignment": "pull",
               "wrapUp": {
                 "mandatory": false, "required": ["outcome", "note"], "outcomes": ["supported", "referred"],
                 "fields": [{"id": "safety_plan", "label": "Safety plan agreed?", "kind": "yes_no", "options": [], "required": true}]}}}
            """,
        ["UserBody"] = """
            {"email": "robin@harbor.example", "name": "Robin Reyes", "password": "seven calm rivers at dawn", "role": "responder",
             "programIds": ["0199a3c4-7d52-7b1e-9c1f-2f6f0c8f4a10"], "status": "active", "maxConcurrent": 3}
            """,
        ["KeywordBody"] = """
            {"programId": "0199a3c4-7d52-7b1e-9c1f-2f6f0c8f4a10", "keyword": "HELLO", "action": "start", "subProgram": "general",
             "response": "You are not alone. A trained responder will be with you in a moment."}
            """,
        ["CannedResponseBody"] = """{"programId": "0199a3c4-7d52-7b1e-9c1f-2f6f0c8f4a10", "title": "Grounding", "body": "Name five things that you can see."}""",
        ["SurveyBody"] = """
            {"programId": "0199a3c4-7d52-7b1e-9c1f-2f6f0c8f4a10", "type": "exit", "title": "How was it?", "language": "en", "status": "active",
             "questions": [
               {"id": "helped", "text": "How much did this conversation help you?", "kind": "scale", "options": ["1", "5"], "required": true},
               {"id": "safe", "text": "Do you feel safe right now?", "kind": "yes_no", "options": [], "alertOn": ["no"]},
               {"id": "more", "text": "Is there anything you want to tell us?", "kind": "text", "options": []}]}
            """,
        ["SendSurveyBody"] = """{"type": "exit"}""",
        ["ChannelBody"] = """
            {"programId": "0199a3c4-7d52-7b1e-9c1f-2f6f0c8f4a10", "provider": "twilio", "address": "+15550100000",
             "credentials": {"accountSid": "AC00000000000000000000000000000000", "authToken": "from the Twilio console"}, "settings": {}, "status": "active"}
            """,
        ["WebhookBody"] = """{"url": "https://partner.example/chat", "eventTypes": ["conversation.created", "conversation.closed"], "status": "active"}""",
        ["ApiKeyBody"] = """{"name": "Warehouse", "scopes": ["conversations_read"], "networks": ["192.0.2.0/24"], "expiresAt": "2030-01-01T00:00:00Z"}""",
        ["ChangedApiKeyBody"] = """{"name": "Warehouse", "scopes": ["conversations_read", "configuration"]}""",
        ["EnableSecondFactorBody"] = """{"code": "123456"}""",
        ["DisableSecondFactorBody"] = """{"password": "correct horse battery staple", "code": "123456"}""",
        ["ErasureBody"] = """{"texterId": "0199a3c4-7d52-7b1e-9c1f-2f6f0c8f4a12"}""",
        ["NotificationSettingsBody"] = """{"phone": "+12065550140", "byEmail": ["escalation_opened"], "byText": []}""",
        ["OffBoardingBody"] = """{"offBoardingId": "0199a3c4-7d52-7b1e-9c1f-2f6f0c8f4a14", "name": "Harbor Crisis Center", "withoutExport": false}""",
        ["ReadBody"] = """{"ids": ["0199a3c4-7d52-7b1e-9c1f-2f6f0c8f4a15"]}""",
        ["RotationBody"] = """{"scope": "affiliate"}""",
        ["TriagePhraseBody"] = """
            {"language": "en", "cue": "today", "pattern": "before sunrise", "note": "Heard twice last week.", "status": "draft"}
            """,
        ["ForgotPasswordBody"] = """{"email": "robin@harbor.example"}""",
        ["ResetPasswordBody"] = """{"token": "kR3v…", "password": "seven calm rivers at dawn"}""",
        ["TryTriageBody"] = """{"text": "I can't sleep", "language": "en"}""",
        ["EmergencyContactBody"] = """
            {"kind": "medical", "name": "King County crisis services", "area": "King County, WA", "phone": "+1 206 555 0140 ext. 2",
             "onCall": false, "notes": "Ask for the mobile crisis team.", "status": "active"}
            """,
    };

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is OpenApiSchema own && ByBody.TryGetValue(context.Type.Name, out var example))
        {
            own.Examples = [JsonNode.Parse(example)!];
        }
    }
}
