package io.flaremail.sandbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Faults that can be chosen by name, such as {@code throttled} or {@code reset-after-body}. */
enum NamedFault {
    THROTTLED(Fault.error(ApiError.THROTTLED)),
    INTERNAL_SERVER(Fault.error(ApiError.INTERNAL_SERVER)),
    UNAVAILABLE(Fault.error(ApiError.AUTHENTICATION_UPSTREAM)),
    UNAUTHORIZED(Fault.error(ApiError.UNAUTHORIZED)),
    SENDING_DISABLED(Fault.error(ApiError.SENDING_DISABLED)),
    HTML_502(Fault.html(502)),
    RESET_BEFORE_BODY(Fault.resetBeforeBody()),
    RESET_AFTER_BODY(Fault.reset()),
    RESET_AFTER_ACCEPTING(Fault.reset().afterAccepting()),
    HANG_UP(Fault.hangUp()),
    HANG_UP_AFTER_ACCEPTING(Fault.hangUp().afterAccepting());

    private final Fault fault;

    NamedFault(Fault fault) {
        this.fault = fault;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name of a fault; {@code custom} for one that a Java program made. */
    static String word(Fault fault) {
        return Arrays.stream(values())
                .filter(each -> each.fault == fault)
                .findFirst()
                .map(NamedFault::word)
                .orElse("custom");
    }

    /** @throws Refusal if there is none of this name */
    static Fault of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .map(each -> each.fault)
                .orElseThrow(() -> JsonBody.invalid("fault: expected one of "
                        + Arrays.stream(values()).map(NamedFault::word).collect(Collectors.joining(", ")) + ", got \""
                        + word + "\""));
    }
}
