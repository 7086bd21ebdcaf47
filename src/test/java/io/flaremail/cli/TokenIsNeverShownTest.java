package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever the token comes from, and wherever it was put by mistake: nobody reads it on the screen. */
class TokenIsNeverShownTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "doctor --from @@",
                "doctor --from a@@@",
                "doctor --from a@example.com --account @@",
                "doctor --from a@example.com --resolver @@",
                "subdomains list --zone @@",
                "subdomains list --zone example.com",
                "subdomains get @@",
                "subdomains create @@ --zone example.com",
                "subdomains create @@ --wait --preview",
                "subdomains update example.com --drop-suppressed @@",
                "subdomains delete @@ --yes",
                "subdomains dns @@",
                "limits --account @@",
                "limits --endpoint http://@@",
                "limits --endpoint https://user:@@@127.0.0.1:1/",
                "limits --endpoint @@",
                "limits --properties @@",
                "limits --token-file @@",
                "limits @@",
                "limits --tokne=@@",
                "@@",
                "suppressions add @@",
                "suppressions add a@example.org --until @@",
                "suppressions remove @@",
                "suppressions import @@",
                "suppressions list --search @@@",
                "send @@ --to a@example.org",
                "send --from @@ --to @@ --subject @@ --text @@",
                "send --from a@example.com --to a@example.org --subject x --text y --attach @@",
            })
    void whateverIsAsked(String line) throws IOException {
        try (Sandbox sandbox =
                Sandbox.builder().account(Golden.ACCOUNT).token(Golden.TOKEN).start()) {
            List<String> args =
                    new ArrayList<>(List.of(line.replace("@@", Golden.TOKEN).split(" ")));
            if (!line.contains("--endpoint")) {
                args.addAll(List.of("--endpoint", sandbox.endpoint().toString()));
            }
            if (!line.contains("--account")) {
                args.addAll(List.of("--account", Golden.ACCOUNT));
            }
            String[] given = args.toArray(String[]::new);
            Path file = Files.writeString(folder.resolve("token"), Golden.TOKEN + "\n");
            Path properties = Files.writeString(folder.resolve("p"), "mail.cloudflare.token=" + Golden.TOKEN);
            for (String json : new String[] {"--json", "--no-color"}) {
                show(Run.of(given).with(json).environment("CLOUDFLARE_API_TOKEN", Golden.TOKEN));
                show(Run.of(given).with(json).with("--token", Golden.TOKEN));
                show(Run.of(given).with(json));
                if (!line.contains("--token-file") && !line.contains("--properties")) {
                    show(Run.of(given).with(json).with("--token-file", file.toString()));
                    show(Run.of(given).with(json).with("--properties", properties.toString()));
                }
            }
        }
    }

    private static void show(Run run) {
        String seen = run.go().everything();
        assertFalse(seen.contains(Golden.TOKEN), seen);
        assertFalse(seen.contains("unexpected"), seen);
        assertEquals(true, run.exit >= 0 && run.exit <= 3);
    }
}
