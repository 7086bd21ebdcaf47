package io.flaremail.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A message given as parts: the API composes the MIME message. Immutable.
 *
 * <p>Tests: EmailTest.
 *
 * @see EmailSending#send
 */
public final class Email {
    private final Map<String, Object> json;

    private Email(Map<String, Object> json) {
        this.json = json;
    }

    /** An empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    Map<String, Object> json() {
        return json;
    }

    /**
     * Builds a message. From, subject, a recipient, and text or HTML are required.
     *
     * <p>Values of header fields are one line: a control character causes an IllegalArgumentException.
     */
    public static final class Builder {
        private EmailAddress from;
        private EmailAddress replyTo;
        private String subject;
        private String text;
        private String html;
        private final List<EmailAddress> to = new ArrayList<>();
        private final List<EmailAddress> cc = new ArrayList<>();
        private final List<EmailAddress> bcc = new ArrayList<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final List<Attachment> attachments = new ArrayList<>();

        private Builder() {}

        /** Sets the From address, in a sending domain. */
        public Builder from(String address) {
            return from(address, null);
        }

        /** @param name shown with the address, or null */
        public Builder from(String address, String name) {
            from = new EmailAddress(address, name);
            return this;
        }

        /** Sets the Reply-To address. */
        public Builder replyTo(String address) {
            return replyTo(address, null);
        }

        /** @param name shown with the address, or null */
        public Builder replyTo(String address, String name) {
            replyTo = new EmailAddress(address, name);
            return this;
        }

        /** Adds a recipient. */
        public Builder to(String address) {
            return to(address, null);
        }

        /** Adds a recipient. */
        public Builder to(String address, String name) {
            to.add(new EmailAddress(address, name));
            return this;
        }

        /** Adds a copy recipient. */
        public Builder cc(String address) {
            return cc(address, null);
        }

        /** Adds a copy recipient. */
        public Builder cc(String address, String name) {
            cc.add(new EmailAddress(address, name));
            return this;
        }

        /** Adds a blind-copy recipient. */
        public Builder bcc(String address) {
            return bcc(address, null);
        }

        /** Adds a blind-copy recipient. */
        public Builder bcc(String address, String name) {
            bcc.add(new EmailAddress(address, name));
            return this;
        }

        /** Sets the subject: one line; required, may be empty. */
        public Builder subject(String value) {
            subject = OneLine.require("subject", value);
            return this;
        }

        /** Sets the plain text body; null for none. */
        public Builder text(String value) {
            text = value;
            return this;
        }

        /** Sets the HTML body; null for none. */
        public Builder html(String value) {
            html = value;
            return this;
        }

        /**
         * Sets a header field that has no setter of its own. The API accepts the fields on its list and any {@code X-}
         * field. A later value for the same name replaces an earlier one.
         */
        public Builder header(String name, String value) {
            headers.put(OneLine.requireFieldName(name), OneLine.require("value", value));
            return this;
        }

        /** Adds an attachment. */
        public Builder attach(Attachment attachment) {
            attachments.add(Objects.requireNonNull(attachment, "attachment"));
            return this;
        }

        /**
         * Creates the message.
         *
         * @throws IllegalStateException if a required part is missing; the message names it
         */
        public Email build() {
            require(from != null, "a from address");
            require(subject != null, "a subject");
            require(text != null || html != null, "a text or HTML");
            require(to.size() + cc.size() + bcc.size() > 0, "a recipient");
            return new Email(json());
        }

        private static void require(boolean present, String what) {
            if (!present) {
                throw new IllegalStateException("the message needs " + what);
            }
        }

        private Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("from", from.json());
            add(json, "to", to);
            add(json, "cc", cc);
            add(json, "bcc", bcc);
            if (replyTo != null) {
                json.put("reply_to", replyTo.json());
            }
            json.put("subject", subject);
            add(json, "text", text);
            add(json, "html", html);
            if (!headers.isEmpty()) {
                json.put("headers", new LinkedHashMap<>(headers));
            }
            if (!attachments.isEmpty()) {
                json.put(
                        "attachments",
                        attachments.stream().map(Attachment::json).collect(Collectors.toList()));
            }
            return json;
        }

        private static void add(Map<String, Object> json, String name, String value) {
            if (value != null) {
                json.put(name, value);
            }
        }

        private static void add(Map<String, Object> json, String name, List<EmailAddress> addresses) {
            if (!addresses.isEmpty()) {
                json.put(name, addresses.stream().map(EmailAddress::json).collect(Collectors.toList()));
            }
        }
    }
}
