package io.flaremail.dropin.servers;

import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks the web application to send, and looks what came of it. Cells of a {@link ServerRow} are its answers. */
record Visitor(Sandbox sandbox, URI webapp, String session) {
    private static final String YES = "yes";
    private static final String NO = "no";

    /** @param how static, transport or smtp */
    String sends(String how) throws IOException {
        int before = sandbox.accepted().size();
        String answer = ask(how, "grace@example.org");
        List<Accepted> accepted =
                sandbox.accepted().subList(before, sandbox.accepted().size());
        boolean arrived = accepted.size() == 1 && accepted.get(0).recipients().equals(List.of("grace@example.org"));
        return cell(answer, arrived && answer.equals("sent"));
    }

    /** Whether a SendFailedException says who was refused, alone and beside one who was not. */
    String bounces() throws IOException {
        String alone = ask("static", "bounce@example.org");
        String beside = ask("transport", "grace@example.org, bounce@example.org");
        return cell(
                alone + "; " + beside,
                alone.matches("failed, sent (null|\\[]), invalid \\[bounce@example.org]")
                        && beside.equals("failed, sent [grace@example.org], invalid [bounce@example.org]"));
    }

    private String ask(String how, String to) throws IOException {
        URI uri = URI.create(webapp + "/send?session=" + encoded(session) + "&how=" + how + "&to=" + encoded(to));
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        // Jetty keeps a web application that was undeployed for as long as a connection that asked for it.
        connection.setRequestProperty("Connection", "close");
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The reason of a no is for the log; a table has no room for it. */
    private static String cell(String answer, boolean good) {
        System.out.println((good ? YES : NO) + ": " + answer);
        return good ? YES : NO;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
