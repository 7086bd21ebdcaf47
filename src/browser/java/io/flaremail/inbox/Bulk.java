package io.flaremail.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flaremail.sandbox.Sandbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Many small messages, which need no mail library. */
final class Bulk {
    private Bulk() {}

    static void send(Sandbox sandbox, int count) throws Exception {
        URI uri = URI.create(sandbox.endpoint() + "/accounts/" + sandbox.account() + "/email/sending/send");
        HttpClient http = HttpClient.newHttpClient();
        for (int i = 0; i < count; i++) {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer " + sandbox.token())
                    .POST(BodyPublishers.ofString("{\"from\":\"ada@example.com\",\"to\":\"grace@example.org\","
                            + "\"subject\":\"Message number" + i + "\",\"text\":\"Hello\"}"))
                    .build();
            assertEquals(200, http.send(request, BodyHandlers.discarding()).statusCode());
        }
    }
}
