package io.flaremail.cli;

import io.flaremail.api.ApiError;
import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.ErrorAdvice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.stream.Collectors;

/** Any failure of a command: as words for people, as JSON for machines, and as an exit code. */
final class Failures {
    private Failures() {}

    /**
     * Prints a failure.
     *
     * @return the exit code
     */
    static int tell(Throwable failure, Page page) {
        String message = message(failure, page);
        Map<String, Object> details = JsonText.object("message", Wrapped.plain(message));
        Throwable cause = cause(failure);
        if (cause instanceof CloudflareApiException) {
            details.putAll(details((CloudflareApiException) cause));
        }
        page.error(message, JsonText.object("error", details));
        return exitCode(failure);
    }

    /** What went wrong and what to do, in one line, without what may be a misplaced token. */
    static String message(Throwable failure, Page page) {
        Throwable cause = cause(failure);
        if (cause instanceof CloudflareApiException) {
            return cause.getMessage()
                    + advice((CloudflareApiException) cause)
                            .map(text -> ". " + text)
                            .orElse("");
        }
        return page.withoutLongWords(text(cause));
    }

    private static String text(Throwable failure) {
        if (failure instanceof CliException || failure instanceof IOException) {
            return failure.getMessage() == null ? failure.toString() : failure.getMessage();
        }
        if (isClassPath(failure)) {
            return "the class path is incomplete: " + failure
                    + NamespaceCheck.advice().map(text -> "; " + text).orElse("");
        }
        // Most likely a bug, or not enough memory. The stack trace would hide the message.
        StackTraceElement[] trace = failure.getStackTrace();
        return "unexpected: " + failure + (trace.length > 0 ? " at " + trace[0] : "");
    }

    static int exitCode(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof CliException) {
            return ((CliException) cause).exitCode;
        }
        if (cause instanceof CloudflareApiException) {
            CloudflareApiException e = (CloudflareApiException) cause;
            boolean answered = e.getStatus() > 0 && e.getStatus() < 500 && !e.isAcceptanceUnknown();
            return answered ? ExitCode.WRONG : ExitCode.UNREACHABLE;
        }
        return cause instanceof IOException || isClassPath(cause) ? ExitCode.USAGE : ExitCode.UNREACHABLE;
    }

    /** What to do about an error of the API. */
    static Optional<String> advice(CloudflareApiException failure) {
        return ErrorAdvice.of(failure.getStatus(), failure.getErrors()).map(ErrorAdvice::commandLineText);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof UncheckedIOException ? failure.getCause() : failure;
    }

    private static boolean isClassPath(Throwable failure) {
        return failure instanceof LinkageError || failure instanceof ServiceConfigurationError;
    }

    private static Map<String, Object> details(CloudflareApiException failure) {
        return JsonText.object(
                "status",
                failure.getStatus(),
                "errors",
                errors(failure.getErrors()),
                "ray",
                failure.getRay(),
                "retryable",
                failure.isRetryable(),
                "may_have_been_done",
                failure.isAcceptanceUnknown());
    }

    private static List<Map<String, Object>> errors(List<ApiError> errors) {
        return errors.stream()
                .map(error -> JsonText.object("code", error.getCode(), "message", error.getMessage()))
                .collect(Collectors.toList());
    }
}
