package io.flaremail.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A file that goes with an {@link Email}, or an image in its HTML. Immutable. */
public final class Attachment {
    private final byte[] content;
    private final String fileName;
    private final String type;
    private final String contentId;

    private Attachment(byte[] content, String fileName, String type, String contentId) {
        this.content = Objects.requireNonNull(content, "content").clone();
        this.fileName = OneLine.require("fileName", fileName);
        this.type = OneLine.require("type", type);
        this.contentId = contentId;
    }

    /**
     * A file's content, perhaps empty.
     *
     * @param type the media type, such as {@code application/pdf}
     * @throws IllegalArgumentException for a control character in name or type, as do the others
     */
    public static Attachment of(byte[] content, String fileName, String type) {
        return new Attachment(content, fileName, type, null);
    }

    /**
     * A file's content, read now, under its own name.
     *
     * @throws IOException when it cannot be read
     */
    public static Attachment of(Path file, String type) throws IOException {
        return of(Files.readAllBytes(Objects.requireNonNull(file, "file")), String.valueOf(file.getFileName()), type);
    }

    /**
     * An image in the HTML.
     *
     * @param contentId what the HTML says after {@code cid:}
     */
    public static Attachment inline(byte[] content, String fileName, String type, String contentId) {
        return new Attachment(content, fileName, type, OneLine.require("contentId", contentId));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("content", content); // written as base64
        json.put("filename", fileName);
        json.put("type", type);
        json.put("disposition", contentId == null ? "attachment" : "inline");
        if (contentId != null) {
            json.put("content_id", contentId);
        }
        return json;
    }
}
