package io.flaremail.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Maps and lists as indented JSON, with the same line ends everywhere. */
final class JsonText {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // whatever the locale: no character is lost, none controls
            .build();

    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

    private static final Separators SEPARATORS = Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");

    private JsonText() {}

    /** @param value maps, lists, and what {@link JsonGenerator#writeObject} knows */
    static String of(Object value) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(SEPARATORS);
        printer.indentArraysWith(INDENTER);
        printer.indentObjectsWith(INDENTER);
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text).setPrettyPrinter(printer)) {
            write(value, generator);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    /** A JSON document, without line breaks and spaces between its values. */
    static String oneLine(String document) {
        StringWriter text = new StringWriter();
        try (JsonParser parser = FACTORY.createParser(document);
                JsonGenerator generator = FACTORY.createGenerator(text)) {
            while (parser.nextToken() != null) {
                generator.copyCurrentEvent(parser);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e); // it has been parsed before
        }
        return text.toString();
    }

    private static void write(Object value, JsonGenerator to) throws IOException {
        if (value instanceof Map) {
            to.writeStartObject();
            for (Map.Entry<?, ?> field : ((Map<?, ?>) value).entrySet()) {
                to.writeFieldName((String) field.getKey());
                write(field.getValue(), to);
            }
            to.writeEndObject();
        } else if (value instanceof List) {
            to.writeStartArray();
            for (Object element : (List<?>) value) {
                write(element, to);
            }
            to.writeEndArray();
        } else {
            to.writeObject(value);
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
