package io.flaremail.cli;

import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Converts values of options. Unlike picocli's own, its messages do not name Java types. */
final class Converters {
    private Converters() {}

    static void register(CommandLine line) {
        line.registerConverter(Boolean.class, Converters::truth)
                .registerConverter(boolean.class, Converters::truth)
                .registerConverter(Long.class, Converters::number)
                .registerConverter(Integer.class, text -> Math.toIntExact(number(text)))
                .registerConverter(int.class, text -> Math.toIntExact(number(text)));
    }

    private static Boolean truth(String text) {
        if (!text.matches("true|false")) {
            throw new TypeConversionException("expected true or false");
        }
        return Boolean.valueOf(text);
    }

    private static Long number(String text) {
        if (!text.matches("-?\\d{1,9}")) {
            throw new TypeConversionException("expected a whole number");
        }
        return Long.valueOf(text);
    }
}
