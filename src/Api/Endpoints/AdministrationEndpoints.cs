namespace Chat.Api.Endpoints;

internal static class AdministrationEndpoints
{
    /// <summary>Everything that admins set up and look into.</summary>
    public static void MapAdministration(this IEndpointRouteBuilder routes)
    {
        routes.MapAffiliates();
        routes.MapPrograms();
        routes.MapUsers();
        routes.MapKeywords();
        routes.MapCannedResponses();
        routes.MapChannels();
        routes.MapSurveys();
        routes.MapConfiguration();
        routes.MapEmergencyContacts();
        routes.MapApiKeys();
        routes.MapPartnerWebhooks();
        routes.MapQuarantine();
        routes.MapEvents();
        routes.MapAudit();
        routes.MapTriage();
    }
}
