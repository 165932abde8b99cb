using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Domain.Surveys;

namespace Chat.Infrastructure.Persistence;

/// <summary>A survey's questions as they are stored.</summary>
internal static class SurveyQuestions
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Write(IReadOnlyList<SurveyQuestion> questions) => JsonSerializer.Serialize(questions, Json);

    public static IReadOnlyList<SurveyQuestion> Read(string questions) => JsonSerializer.Deserialize<SurveyQuestion[]>(questions, Json)!;
}
