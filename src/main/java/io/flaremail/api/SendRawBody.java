package io.flaremail.api;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.flaremail.http.RequestBody;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The body of {@code send_raw}: exactly {@code from}, {@code recipients} and {@code mime_message}. */
final class SendRawBody implements RequestBody {
    private static final byte[] TAIL = {'"', '}'};

    private final byte[] head;
    private final MimeText message;

    SendRawBody(String reversePath, List<String> recipients, MimeText message) {
        this.head = head(reversePath, recipients).getBytes(StandardCharsets.UTF_8);
        this.message = message;
    }

    @Override
    public long length() {
        return head.length + message.length() + TAIL.length;
    }

    @Override
    public void writeTo(OutputStream out, Runnable beforeTheEnd) throws IOException {
        out.write(head);
        message.writeTo(out);
        beforeTheEnd.run();
        out.write(TAIL);
    }

    private static String head(String reversePath, List<String> recipients) {
        StringBuilder json = new StringBuilder("{\"from\":");
        quote(reversePath, json).append(",\"recipients\":[");
        String separator = "";
        for (String recipient : recipients) {
            quote(recipient, json.append(separator));
            separator = ",";
        }
        return json.append("],\"mime_message\":\"").toString();
    }

    private static StringBuilder quote(String text, StringBuilder json) {
        return json.append('"')
                .append(JsonStringEncoder.getInstance().quoteAsString(text))
                .append('"');
    }
}
