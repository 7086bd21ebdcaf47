package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a GraphQL query as analytics need: one field with its arguments and selection, wherever it is. */
final class GraphQlQuery {
    private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|\\$?\\w+|-?\\d+|[{}()\\[\\]:]");

    private final List<String> tokens = new ArrayList<>();
    private final JsonNode variables;
    private int next;

    /** @param variables an object, or missing */
    GraphQlQuery(String query, JsonNode variables) {
        Matcher each = TOKEN.matcher(query.replaceAll("#[^\n]*", ""));
        while (each.find()) {
            tokens.add(each.group());
        }
        this.variables = variables;
    }

    /**
     * @param alias what the answer calls it
     * @param arguments an object
     */
    record Field(String alias, String name, ObjectNode arguments, List<Field> selection) {}

    /**
     * The first field of this name that has arguments.
     *
     * @throws IllegalArgumentException if there is none, or if it is not well-formed
     */
    Field field(String name) {
        for (next = 0; next < tokens.size() - 1; next++) {
            if (tokens.get(next).equals(name) && tokens.get(next + 1).equals("(")) {
                return field();
            }
        }
        throw new IllegalArgumentException("no " + name + "(...)");
    }

    boolean has(String name) {
        return tokens.contains(name);
    }

    private Field field() {
        String alias = take();
        String name = takeIf(":") ? take() : alias;
        ObjectNode arguments = Answer.object();
        if (takeIf("(")) {
            arguments = object(")");
        }
        List<Field> selection = new ArrayList<>();
        if (takeIf("{")) {
            while (!takeIf("}")) {
                selection.add(field());
            }
        }
        return new Field(alias, name, arguments, selection);
    }

    private ObjectNode object(String end) {
        ObjectNode object = Answer.object();
        while (!takeIf(end)) {
            String name = take();
            if (!takeIf(":")) {
                throw new IllegalArgumentException("expected a colon after " + name);
            }
            object.set(name, value());
        }
        return object;
    }

    private JsonNode value() {
        String token = take();
        if (token.equals("{")) {
            return object("}");
        }
        if (token.equals("[")) {
            ArrayNode array = Answer.array();
            while (!takeIf("]")) {
                array.add(value());
            }
            return array;
        }
        if (token.startsWith("$")) {
            return variables.path(token.substring(1));
        }
        return TextNode.valueOf(token.replace("\"", ""));
    }

    private boolean takeIf(String token) {
        boolean there = next < tokens.size() && tokens.get(next).equals(token);
        next += there ? 1 : 0;
        return there;
    }

    private String take() {
        if (next == tokens.size()) {
            throw new IllegalArgumentException("the query ends too soon");
        }
        return tokens.get(next++);
    }
}
