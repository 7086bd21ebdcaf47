package io.flaremail.mime;

import io.flaremail.mime.Parameters.Parameter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Rewrites a Content-Type or Content-Disposition field: each parameter with 8-bit octets becomes an extended
 * parameter (RFC 2231 4). If the charset is unknown, it is labelled iso-8859-1, which maps every octet to a
 * character, so that readers can still guess the text.
 *
 * <p>Tests: ParameterRewriterTest, FieldRewriterTest.
 */
final class ParameterRewriter {
    private static final int LONGEST_LINE = 76;

    private final Parameters parameters;
    private final StringBuilder out;
    private final TextCharset charset;
    /** The names of parameters that are extended already. */
    private final Set<String> extended;
    /** The names of divided parameters that are not extended yet but have to be. */
    private final Set<String> dividedToExtend;
    /** The labels of divided parameters by name, a cache against hostile fields that repeat their first section. */
    private final Map<String, String> labels = new HashMap<>();

    private ParameterRewriter(Header.Field field, TextCharset charset) {
        this.charset = charset;
        this.parameters = new Parameters(field.value);
        this.out = new StringBuilder(field.name).append(':');
        this.extended = bases(parameter -> parameter.extended);
        this.dividedToExtend = bases(parameter -> isPlainSection(parameter) && offends(parameter));
    }

    static String rewrite(Header.Field field, TextCharset charset) {
        return new ParameterRewriter(field, charset).rewrite();
    }

    private String rewrite() {
        int at = 0;
        for (Parameter parameter : parameters.all) {
            if (mustChange(parameter)) {
                copy(at, parameter.start);
                append(parameter);
                at = parameter.end;
            }
        }
        copy(at, parameters.text.length());
        return out.toString();
    }

    private String source(Parameter parameter) {
        return parameters.text.substring(parameter.start, parameter.end);
    }

    /** The sections of a value share a charset, so either all of them change or none. */
    private boolean mustChange(Parameter parameter) {
        return offends(parameter) || isPlainSection(parameter) && dividedToExtend.contains(parameter.base);
    }

    private boolean offends(Parameter parameter) {
        return !Ascii.isSevenBit(source(parameter));
    }

    private static boolean isPlainSection(Parameter parameter) {
        return parameter.section >= 0 && !parameter.extended;
    }

    private Set<String> bases(Predicate<Parameter> which) {
        return parameters.all.stream().filter(which).map(p -> p.base).collect(Collectors.toSet());
    }

    private void append(Parameter parameter) {
        if (parameter.extended) {
            out.append(escape(source(parameter), true));
        } else if (parameter.section >= 0) {
            String label = parameter.section == 0 ? labelOfSections(parameter.base) : "";
            write(parameter.base + "*" + parameter.section + "*=" + label + escape(parameter.value, false));
        } else if (extended.contains(parameter.base)) {
            // The field also has the extended form, which takes precedence over this fallback. RFC 6266 4.3 by analogy.
            copy(parameter.start, parameter.end);
        } else {
            extend(parameter.base, label(parameter.value), escape(parameter.value, false));
        }
    }

    private String labelOfSections(String base) {
        return labels.computeIfAbsent(base, name -> label(parameters.combined(name)));
    }

    private String label(String value) {
        return charset.orLatin1(value.replaceAll("[\r\n]", "")).name + "''";
    }

    private void extend(String base, String label, String escaped) {
        if (base.length() + label.length() + escaped.length() < LONGEST_LINE - 4) {
            write(base + "*=" + label + escaped);
            return;
        }
        int at = 0;
        for (int section = 0; at < escaped.length(); section++) {
            String start = base + "*" + section + "*=" + (section == 0 ? label : "");
            int end = cut(escaped, at, Math.max(12, LONGEST_LINE - 2 - start.length()));
            write((section == 0 ? "" : ";\r\n ") + start + escaped.substring(at, end));
            at = end;
        }
    }

    /** The end of the section that starts at {@code from}, never inside an escape. */
    private static int cut(String escaped, int from, int room) {
        int end = Math.min(escaped.length(), from + room);
        int percent = escaped.lastIndexOf('%', end - 1);
        return end < escaped.length() && percent > from && percent > end - 3 ? percent : end;
    }

    /** Starts a new line for the parameter if the current line is not blank and would become too long. */
    private void write(String parameter) {
        int lineStart = out.lastIndexOf("\n") + 1;
        String line = Ascii.trimEnd(out.substring(lineStart));
        boolean tooLong = out.length() - lineStart + parameter.length() + 1 > LONGEST_LINE;
        if (!parameter.startsWith(";") && !line.isEmpty() && tooLong) {
            out.replace(lineStart + line.length(), out.length(), "\r\n ");
        }
        out.append(parameter);
    }

    private void copy(int from, int to) {
        out.append(parameters.text, from, to);
    }

    private static String escape(String value, boolean onlyEightBit) {
        StringBuilder escaped = new StringBuilder();
        for (char c : value.replaceAll("[\r\n]", "").toCharArray()) {
            boolean plain = onlyEightBit ? c < 0x80 : Ascii.isAlphanumeric(c) || "!#$&+-.^_`{|}~".indexOf(c) >= 0;
            escaped.append(plain ? String.valueOf(c) : Ascii.hex('%', c));
        }
        return escaped.toString();
    }
}
