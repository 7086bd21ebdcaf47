package io.flaremail.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Maps and lists as indented JSON, with the same line ends everywhere. */
final class JsonText {
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .enable(
                            JsonWriteFeature
                                    .ESCAPE_NON_ASCII) // whatever the locale: no character is lost, none controls
                    .build())
            .enable(SerializationFeature.INDENT_OUTPUT);
    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

    private static final Separators SEPARATORS = Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");

    private JsonText() {}

    static String of(Object value) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(SEPARATORS);
        printer.indentArraysWith(INDENTER);
        printer.indentObjectsWith(INDENTER);
        try {
            return MAPPER.writer(printer).writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An object of these names and values, in this order; an empty Optional is null, and times are text. */
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], plain(namesAndValues[i + 1]));
        }
        return object;
    }

    private static Object plain(Object value) {
        Object bare = value instanceof Optional ? ((Optional<?>) value).orElse(null) : value;
        return bare instanceof java.time.Instant || bare instanceof java.net.URI ? bare.toString() : bare;
    }
}
