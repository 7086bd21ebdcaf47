package io.flaremail.cli;

import io.flaremail.config.CloudflareProperty;
import io.flaremail.config.OptionReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command has; they may stand before or after its name. */
final class CommonOptions implements OptionReader.Source {
    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            order = 1,
            scope = ScopeType.INHERIT,
            description = "File that holds the API token and nothing else.")
    Path tokenFile;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            order = 2,
            scope = ScopeType.INHERIT,
            description = "The API token. Others can see it in the list of processes: prefer the environment's"
                    + " CLOUDFLARE_API_TOKEN, or --token-file.")
    String token;

    @Option(
            names = "--account",
            paramLabel = "ID",
            order = 3,
            scope = ScopeType.INHERIT,
            description = "Account id. Else the environment's CLOUDFLARE_ACCOUNT_ID.")
    String account;

    @Option(
            names = "--zone",
            paramLabel = "ID|NAME",
            order = 4,
            scope = ScopeType.INHERIT,
            description = "Zone, by id or name. Else the zone that the domain is in.")
    String zone;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            order = 5,
            scope = ScopeType.INHERIT,
            description = "Where the API is: https, or http on this machine.")
    String endpoint;

    @Option(
            names = "--properties",
            paramLabel = "FILE",
            order = 6,
            scope = ScopeType.INHERIT,
            description = "An application's mail session properties. Those of this transport count after the options"
                    + " and before the environment.")
    Path properties;

    @Option(
            names = "--json",
            order = 7,
            scope = ScopeType.INHERIT,
            description = "One JSON document on standard output, failures included.")
    boolean json;

    @Option(names = "--no-color", order = 8, scope = ScopeType.INHERIT, description = "No colours.")
    boolean noColor;

    @Override
    public Object get(String key) {
        return values().get(key);
    }

    @Override
    public String name(String key) {
        return "--" + key.substring(CloudflareProperty.PREFIX.length()).replace('.', '-');
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put(CloudflareProperty.TOKEN_FILE.key(), tokenFile);
        values.put(CloudflareProperty.TOKEN.key(), token);
        values.put(CloudflareProperty.ACCOUNT.key(), account);
        values.put(CloudflareProperty.ENDPOINT.key(), endpoint);
        return values;
    }
}
