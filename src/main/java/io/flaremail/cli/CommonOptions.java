package io.flaremail.cli;

import io.flaremail.config.CloudflareProperty;
import io.flaremail.config.OptionSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command, given before or after its name. */
final class CommonOptions implements OptionSource {
    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "File that contains only the API token.")
    Path tokenFile;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            scope = ScopeType.INHERIT,
            description = "API token. Visible in the process list: prefer CLOUDFLARE_API_TOKEN or --token-file.")
    String token;

    @Option(
            names = "--account",
            paramLabel = "ID",
            scope = ScopeType.INHERIT,
            description = "Account id. Default: CLOUDFLARE_ACCOUNT_ID.")
    String account;

    @Option(
            names = "--zone",
            paramLabel = "ID|NAME",
            scope = ScopeType.INHERIT,
            description = "Zone id or name. Default: the zone of the domain.")
    String zone;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description =
                    "API endpoint: https, or http on this machine. Default: MAIL_CLOUDFLARE_ENDPOINT, or Cloudflare.")
    String endpoint;

    @Option(
            names = "--properties",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Mail session properties of an application, or Tomcat's context.xml. They apply after the"
                    + " options and before the environment.")
    Path properties;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print one JSON document to standard output, also for errors.")
    boolean json;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "Print without colors.")
    boolean noColor;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Log requests and responses to standard error, without the token.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    boolean help;

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
