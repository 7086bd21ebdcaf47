package io.flaremail.cli;

import io.flaremail.api.Subdomain;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A sending domain for people and for machines. */
final class SubdomainText {
    private SubdomainText() {}

    static List<String> row(Subdomain subdomain) {
        return Arrays.asList(subdomain.getName(), sending(subdomain), suppressed(subdomain), subdomain.getTag());
    }

    static void show(Subdomain subdomain, Page page) {
        page.line("name           " + subdomain.getName());
        page.line("tag            " + subdomain.getTag());
        page.line("sending        " + sending(subdomain));
        page.line("suppressed     recipients " + suppressed(subdomain));
        subdomain.getReturnPathDomain().ifPresent(domain -> page.line("bounces to     " + domain));
        subdomain.getDkimSelector().ifPresent(selector -> page.line("DKIM selector  " + selector));
        subdomain.getCreated().ifPresent(created -> page.line("created        " + created));
        subdomain.getModified().ifPresent(modified -> page.line("modified       " + modified));
        page.json(json(subdomain));
    }

    /** With the API's own names. */
    static Map<String, Object> json(Subdomain subdomain) {
        return JsonText.object(
                "name",
                subdomain.getName(),
                "tag",
                subdomain.getTag(),
                "enabled",
                subdomain.isEnabled(),
                "created",
                subdomain.getCreated(),
                "modified",
                subdomain.getModified(),
                "dkim_selector",
                subdomain.getDkimSelector(),
                "return_path_domain",
                subdomain.getReturnPathDomain(),
                "preview_enabled",
                subdomain.getPreviewEnabled(),
                "drop_suppressed_recipients",
                subdomain.getDropSuppressedRecipients());
    }

    private static String sending(Subdomain subdomain) {
        return subdomain.isEnabled() ? "enabled" : "not enabled";
    }

    private static String suppressed(Subdomain subdomain) {
        return subdomain.getDropSuppressedRecipients().orElse(false) ? "are dropped" : "fail the request";
    }
}
