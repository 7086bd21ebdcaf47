package io.flaremail.sandbox;

import java.util.List;
import java.util.Locale;

/**
 * What is known about a {@link Behavior}.
 *
 * @param endpoints method and path of each endpoint below {@code /client/v4}; empty if it is all of them
 * @param sentence in Markdown
 * @param strict what a strict sandbox does instead, in Markdown; null if it does the same
 * @param errors those that the behaviour includes
 */
record Fact(Evidence evidence, List<String> endpoints, String sentence, String strict, List<ApiError> errors) {
    enum Evidence {
        /** Published by Cloudflare: documentation, OpenAPI description, SDK or command line. */
        DOCUMENTED,
        /** Reported by users of the live service. */
        SEEN,
        /** Unknown: the sandbox had to choose. */
        ASSUMED,
        /** Not a behaviour of the service. */
        SANDBOX;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Fact documented(String sentence) {
        return new Fact(Evidence.DOCUMENTED, List.of(), sentence, null, List.of());
    }

    static Fact seen(String sentence) {
        return new Fact(Evidence.SEEN, List.of(), sentence, null, List.of());
    }

    static Fact assumed(String sentence) {
        return new Fact(Evidence.ASSUMED, List.of(), sentence, null, List.of());
    }

    static Fact ofSandbox(String sentence) {
        return new Fact(Evidence.SANDBOX, List.of(), sentence, null, List.of());
    }

    Fact at(String... paths) {
        return new Fact(evidence, List.of(paths), sentence, strict, errors);
    }

    Fact strict(String instead) {
        return new Fact(evidence, endpoints, sentence, instead, errors);
    }

    Fact refusing(ApiError... with) {
        return new Fact(evidence, endpoints, sentence, strict, List.of(with));
    }
}
