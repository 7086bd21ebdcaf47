package io.flaremail.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A file attached to an {@link Email}, or an image in its HTML. Immutable. */
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
     * Attaches content as a file.
     *
     * @param content may be empty; copied
     * @param type the media type, such as {@code application/pdf}
     * @throws IllegalArgumentException if the file name or type has a control character
     */
    public static Attachment of(byte[] content, String fileName, String type) {
        return new Attachment(content, fileName, type, null);
    }

    /**
     * Attaches a file under its own name. Reads it immediately.
     *
     * @param type the media type, such as {@code application/pdf}
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the file name or type has a control character
     */
    public static Attachment of(Path file, String type) throws IOException {
        return of(Files.readAllBytes(Objects.requireNonNull(file, "file")), String.valueOf(file.getFileName()), type);
    }

    /**
     * Embeds an image in the HTML.
     *
     * @param contentId the id that follows {@code cid:} in the HTML
     * @throws IllegalArgumentException if the file name, type or id has a control character
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
