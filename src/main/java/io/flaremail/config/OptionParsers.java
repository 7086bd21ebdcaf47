package io.flaremail.config;

import io.flaremail.text.Printable;
import io.flaremail.text.WireAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The parsers of property values, one constant for each type.
 *
 * <p>Tests: ConfigurationTest.
 */
final class OptionParsers {
    static final OptionParser<String> TEXT = text -> text;

    /** An object or a text; {@link OptionReader#object} returns the original object. */
    static final OptionParser<Object> OBJECT = text -> text;

    static final OptionParser<Integer> COUNT = text -> number(text, 1, Integer.MAX_VALUE, "a number >= 1");

    static final OptionParser<Integer> NUMBER_FROM_0 = text -> number(text, 0, Integer.MAX_VALUE - 1, "a number >= 0");

    static final OptionParser<Integer> PORT = text -> number(text, 1, 65535, "a port, 1 to 65535");

    static final OptionParser<List<String>> WORDS = text -> Arrays.asList(text.split("\\s+"));

    static final OptionParser<WireAddress> WIRE_ADDRESS = OptionParsers::wireAddress;

    static final OptionParser<GuardGrade> GUARD = text ->
            GuardGrade.parse(text).orElseThrow(() -> new OptionParser.ExpectedException("certain, content or off"));

    /** Whether it is the service's Message-ID that is chosen. */
    static final OptionParser<Boolean> SERVICE_MESSAGE_ID = text -> {
        if (!text.equals("own") && !text.equals("service")) {
            throw new OptionParser.ExpectedException("own or service");
        }
        return text.equals("service");
    };

    /** SMTP providers treat a negative or malformed number as no limit. */
    static final OptionParser<Duration> MILLISECONDS = new OptionParser<Duration>() {
        @Override
        public Duration parse(String text) throws OptionParser.ExpectedException {
            return Duration.ofMillis(number(text, 0, Integer.MAX_VALUE, "milliseconds >= 0"));
        }

        @Override
        public Duration parseInherited(String text) {
            try {
                return Duration.ofMillis(Math.max(0, Integer.parseInt(text)));
            } catch (NumberFormatException e) {
                return Duration.ZERO;
            }
        }
    };

    /** SMTP providers treat every value other than "true" as false. */
    static final OptionParser<Boolean> FLAG = new OptionParser<Boolean>() {
        @Override
        public Boolean parse(String text) throws OptionParser.ExpectedException {
            if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
                return text.equalsIgnoreCase("true");
            }
            throw new OptionParser.ExpectedException("true or false");
        }

        @Override
        public Boolean parseInherited(String text) {
            return text.equalsIgnoreCase("true");
        }
    };

    /** An address. An inherited SMTP value is checked only when a message needs it. */
    static final OptionParser<String> ADDRESS = new OptionParser<String>() {
        @Override
        public String parse(String text) throws OptionParser.ExpectedException {
            wireAddress(text);
            return text;
        }

        @Override
        public String parseInherited(String text) {
            return text;
        }
    };

    static final OptionParser<String> ACCOUNT_ID = new OptionParser<String>() {
        @Override
        public String parse(String text) throws OptionParser.ExpectedException {
            if (!Credentials.isAccount(text)) {
                throw new OptionParser.ExpectedException(Credentials.ACCOUNT_EXPECTED);
            }
            return Credentials.canonical(text);
        }

        @Override
        public String shown(String text) {
            return Printable.unlessSecret(text);
        }
    };

    static final OptionParser<URI> ENDPOINT = new OptionParser<URI>() {
        @Override
        public URI parse(String text) throws OptionParser.ExpectedException {
            URI uri;
            try {
                uri = URI.create(text);
            } catch (IllegalArgumentException e) {
                throw new OptionParser.ExpectedException("a URL");
            }
            String expected = Endpoint.expected(uri).orElse(null);
            if (expected != null) {
                throw new OptionParser.ExpectedException(expected);
            }
            return uri;
        }

        /** Hides a password or a query in the URL. */
        @Override
        public String shown(String text) {
            return Printable.unlessTokenLike(
                    text.replaceAll("(?s)//.*@", "//***@").replaceAll("(?s)\\?.*", "?***"));
        }
    };

    /** Names of header fields, separated by commas. */
    static final OptionParser<List<String>> FIELD_NAMES = new OptionParser<List<String>>() {
        @Override
        public List<String> parse(String text) throws OptionParser.ExpectedException {
            List<String> names = new ArrayList<>();
            for (String name : text.split(",")) {
                if (name.trim().matches("[!-9;-~]+")) { // RFC 5322 section 3.6.8
                    names.add(name.trim());
                } else if (!name.trim().isEmpty()) {
                    throw new OptionParser.ExpectedException("names of header fields, separated by commas");
                }
            }
            return names;
        }

        @Override
        public boolean emptyIsAValue() {
            return true;
        }
    };

    private OptionParsers() {}

    static <T> T parseDefault(OptionParser<T> parser, String text) {
        try {
            return parser.parse(text);
        } catch (OptionParser.ExpectedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WireAddress wireAddress(String text) throws OptionParser.ExpectedException {
        WireAddress address = WireAddress.of(text);
        if (!address.isUsable()) {
            throw new OptionParser.ExpectedException("one bare address");
        }
        return address;
    }

    private static int number(String text, int least, int most, String expected) throws OptionParser.ExpectedException {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the same error as for a number out of range
        }
        throw new OptionParser.ExpectedException(expected);
    }
}
