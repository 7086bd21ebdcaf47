package io.flaremail.cli;

import io.flaremail.api.SendingLimits;
import java.io.IOException;
import java.util.Map;

@picocli.CommandLine.Command(
        name = "limits",
        description = "Show the account's sending quota and usage.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail limits",
            "  flaremail limits --json",
        })
final class Limits extends Command {
    @Override
    int run(Settings settings, Page page) throws CliException, IOException {
        try (Cloudflare cloudflare = Cloudflare.open(settings)) {
            SendingLimits limits =
                    cloudflare.client.sending(cloudflare.account()).limits();
            page.line("quota    "
                    + limits.getQuota()
                            .map(quota -> quota + " messages a " + unit(limits))
                            .orElse("unknown"));
            page.line("sent     " + limits.getSent().map(Object::toString).orElse("unknown"));
            page.line("left     " + limits.getLeft().map(Object::toString).orElse("unknown"));
            limits.getResetsAt().ifPresent(instant -> page.line("resets   " + instant));
            page.json(json(limits));
            return ExitCode.OK;
        }
    }

    static String unit(SendingLimits limits) {
        return limits.getQuotaUnit().orElse("period");
    }

    private static Map<String, Object> json(SendingLimits limits) {
        return JsonText.object(
                "quota",
                limits.getQuota(),
                "unit",
                limits.getQuotaUnit(),
                "sent",
                limits.getSent(),
                "left",
                limits.getLeft(),
                "resets_at",
                limits.getResetsAt());
    }
}
