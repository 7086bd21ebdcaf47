package io.flaremail.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A send as files: the message as {@code .eml}, and the request with its answer as {@code .json}. */
final class MessageExport {
    private MessageExport() {}

    /** A file name without its extension: of the id, only what is safe in any file system. */
    static String name(ReceivedMessage message) {
        return message.id().replaceAll("[^A-Za-z0-9@.-]", "_").replaceFirst("^[.-]+", "");
    }

    /** The files by their names. A message that came by SMTP has no {@code .json}. */
    static Map<String, byte[]> files(ReceivedMessage message) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(name(message) + ".eml", message.raw());
        Exchange exchange = message.request().exchange();
        if (exchange != null) {
            String json = MessageJson.exchange(exchange).toPrettyString();
            files.put(name(message) + ".json", json.getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    static byte[] zip(ReceivedMessage message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files(message).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to memory", e);
        }
        return bytes.toByteArray();
    }
}
