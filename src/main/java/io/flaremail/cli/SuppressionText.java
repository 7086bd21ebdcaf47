package io.flaremail.cli;

import io.flaremail.api.Suppression;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Suppressions for people and for machines, and the parsing of {@code --until}. */
final class SuppressionText {
    static final List<String> HEAD = Arrays.asList("ADDRESS", "REASON", "SINCE", "UNTIL", "FROM", "NOTE");

    private SuppressionText() {}

    static List<String> row(Suppression suppression) {
        return Arrays.asList(
                suppression.getEmail(),
                suppression.getReason().orElse("-") + (suppression.isReadOnly() ? " (fixed)" : ""),
                suppression.getCreatedAt().map(SuppressionText::day).orElse("-"),
                suppression.getExpiresAt().map(SuppressionText::day).orElse("-"),
                suppression.getSendingDomain().orElse("all"),
                suppression.getNote().orElse(""));
    }

    static Map<String, Object> json(Suppression suppression) {
        return JsonText.object(
                "id",
                suppression.getId(),
                "email",
                suppression.getEmail(),
                "reason",
                suppression.getReason(),
                "created_at",
                suppression.getCreatedAt(),
                "expires_at",
                suppression.getExpiresAt(),
                "read_only",
                suppression.isReadOnly(),
                "sending_domain",
                suppression.getSendingDomain(),
                "note",
                suppression.getNote());
    }

    /** @param until a day, whose first moment in UTC counts, or an instant; null for none */
    static Instant end(String until, ProcessEnvironment.Time time) throws CliException {
        Instant end = until == null ? null : instant(until);
        if (end != null && end.isBefore(time.now())) {
            throw CliException.usage("--until: expected a day or an instant in the future");
        }
        return end;
    }

    private static Instant instant(String until) throws CliException {
        try {
            return until.length() == 10
                    ? LocalDate.parse(until).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(until);
        } catch (DateTimeParseException e) {
            throw CliException.usage(
                    "--until: expected a day such as 2027-01-31, or an instant such as 2027-01-31T12:00:00Z");
        }
    }

    private static String day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
