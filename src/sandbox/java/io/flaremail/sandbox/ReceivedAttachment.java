package io.flaremail.sandbox;

/**
 * A part of a message that is not its text: an attachment, an inline image, a message.
 *
 * @param name its file name, decoded; empty if it has none
 * @param type its media type without parameters, in lower case
 * @param contentId its Content-ID without angle brackets; empty if it has none
 * @param inline whether it is to be shown with the text
 * @param content decoded
 */
public record ReceivedAttachment(String name, String type, String contentId, boolean inline, byte[] content) {
    @Override
    public String toString() {
        return "\"" + name + "\" " + type + ", " + content.length + " bytes";
    }
}
