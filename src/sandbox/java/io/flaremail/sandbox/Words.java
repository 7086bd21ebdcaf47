package io.flaremail.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words of a message, and how a search finds them: a word is a run of letters and digits, or one ideograph; what joins words,
 * as in an address, makes a word of its own from each of them on. A message matches if each word of the search is the beginning of
 * one of its words, in any case: {@code ada@example.org} is found by {@code ada}, {@code ada@exam} and {@code example.org}.
 */
final class Words {
    /** Of text and HTML each; what lies beyond is not found. In characters. */
    private static final int LONGEST = 128 * 1024;

    private static final int LONGEST_WORD = 64;
    private static final int LONGEST_TOKEN = 256;

    private Words() {}

    /** The different words of sender, recipients, subject, text and HTML without its tags, with a space before each. */
    static String of(AcceptedFacts facts, MessageContent content) {
        Set<String> words = new LinkedHashSet<>();
        collect(facts.from(), words);
        facts.addresses().forEach(recipient -> collect(recipient, words));
        collect(Objects.requireNonNullElse(facts.subject(), ""), words);
        collect(content.text(), words);
        collect(withoutTags(content.html()), words);
        content.attachments().forEach(attachment -> collect(attachment.name(), words));
        StringBuilder all = new StringBuilder();
        words.forEach(word -> all.append(' ').append(word));
        return all.toString();
    }

    /** The words of a search, each with a space before it. */
    static Set<String> ofSearch(String search) {
        return tokens(search).stream()
                .map(token -> ' ' + cut(token))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Makes no garbage, since it is called for each message.
     *
     * @param words as {@link #of} returns them
     * @param search as {@link #ofSearch} returns them
     */
    static boolean match(String words, Set<String> search) {
        for (String word : search) {
            if (!words.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private static String withoutTags(String html) {
        StringBuilder text = new StringBuilder(Math.min(html.length(), LONGEST));
        boolean tag = false;
        for (int i = 0; i < Math.min(html.length(), LONGEST); i++) {
            char next = html.charAt(i);
            tag = next == '<' || tag && next != '>';
            text.append(tag || next == '>' ? ' ' : next);
        }
        return text.toString();
    }

    private static void collect(String text, Set<String> words) {
        for (String token : tokens(text)) {
            for (int at = 0; at < token.length(); at++) {
                if (at == 0 || isJoiner(token.codePointBefore(at)) && !isJoiner(token.codePointAt(at))) {
                    words.add(cut(token.substring(at)));
                }
            }
        }
    }

    private static String cut(String word) {
        return word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD);
    }

    /** In lower case. A joiner is only part of a token between other characters of it. */
    private static List<String> tokens(String text) {
        String lower = text.substring(0, Math.min(text.length(), LONGEST)).toLowerCase(Locale.ROOT);
        List<String> tokens = new ArrayList<>();
        StringBuilder token = new StringBuilder();
        for (int at = 0; at < lower.length(); at += Character.charCount(lower.codePointAt(at))) {
            int next = lower.codePointAt(at);
            boolean alone = Character.isIdeographic(next);
            boolean inside = !alone && (Character.isLetterOrDigit(next) || isJoiner(next) && !token.isEmpty());
            if (!inside || token.length() >= LONGEST_TOKEN) {
                end(token, tokens);
            }
            if (inside) {
                token.appendCodePoint(next);
            } else if (alone) {
                tokens.add(Character.toString(next));
            }
        }
        end(token, tokens);
        return tokens;
    }

    private static void end(StringBuilder token, List<String> tokens) {
        while (!token.isEmpty() && isJoiner(token.charAt(token.length() - 1))) {
            token.setLength(token.length() - 1);
        }
        if (!token.isEmpty()) {
            tokens.add(token.toString());
        }
        token.setLength(0);
    }

    private static boolean isJoiner(int character) {
        return "@._+-'".indexOf(character) >= 0;
    }
}
