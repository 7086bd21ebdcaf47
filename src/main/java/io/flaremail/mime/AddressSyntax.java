package io.flaremail.mime;

import java.util.ArrayList;
import java.util.List;

/** Finds the addresses and identifiers among the tokens of a field: encoded-words must not be there. RFC 2047 5 (3). */
final class AddressSyntax {
    private AddressSyntax() {}

    /** The same tokens, those marked that are an address though no angle brackets say so. */
    static List<Token> mark(List<Token> tokens) {
        List<Token> marked = new ArrayList<>(tokens.size());
        int mailbox = 0;
        for (int at = 0; at <= tokens.size(); at++) {
            boolean ends = at == tokens.size() || tokens.get(at).is(Token.Kind.SPECIAL);
            if (ends) {
                boolean groupName = at < tokens.size() && tokens.get(at).text.equals(":");
                marked.addAll(mailbox(tokens.subList(mailbox, at), groupName));
                marked.addAll(tokens.subList(at, Math.min(at + 1, tokens.size())));
                mailbox = at + 1;
            }
        }
        return marked;
    }

    /** Without angle brackets the words are the address, a local one perhaps; with them they are the display name. */
    private static List<Token> mailbox(List<Token> tokens, boolean groupName) {
        if (groupName || tokens.stream().anyMatch(token -> token.is(Token.Kind.ADDRESS))) {
            return tokens;
        }
        List<Token> address = new ArrayList<>(tokens);
        address.replaceAll(token -> token.isText() ? new Token(Token.Kind.ADDRESS, token.text) : token);
        return address;
    }
}
