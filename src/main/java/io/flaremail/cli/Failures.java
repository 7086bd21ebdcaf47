package io.flaremail.cli;

import io.flaremail.api.ApiError;
import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.ErrorAdvice;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Failures in words for people, as JSON for machines, and as an exit code. */
final class Failures {
    private Failures() {}

    static int tell(Trouble trouble, Page page) {
        // It may repeat what was typed: perhaps a token where a file's name belongs.
        String message = page.withoutLongWords(trouble.getMessage());
        page.error(message, error("message", message));
        return trouble.exitCode;
    }

    static int tell(IOException failure, Page page) {
        if (failure instanceof CloudflareApiException) {
            return tell((CloudflareApiException) failure, page);
        }
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        page.error(message, error("message", message));
        return ExitCode.USAGE;
    }

    /** An unexpected failure: most likely a bug, or not enough memory. Printed without its stack trace. */
    static int tell(Throwable unexpected, Page page) {
        String message = page.withoutLongWords(unexpected(unexpected));
        page.error(message, error("message", message));
        return ExitCode.UNREACHABLE;
    }

    static String unexpected(Throwable unexpected) {
        StackTraceElement[] trace = unexpected.getStackTrace();
        return "unexpected: " + unexpected + (trace.length > 0 ? " at " + trace[0] : "");
    }

    static int tell(CloudflareApiException failure, Page page) {
        String advice = ErrorAdvice.of(failure.getStatus(), failure.getErrors())
                .map(ErrorAdvice::commandLineText)
                .map(text -> ". " + text)
                .orElse("");
        page.error(
                failure.getMessage() + advice,
                error(
                        "message",
                        failure.getMessage() + advice,
                        "status",
                        failure.getStatus(),
                        "errors",
                        errors(failure.getErrors()),
                        "ray",
                        failure.getRay(),
                        "retryable",
                        failure.isRetryable(),
                        "may_have_been_done",
                        failure.isAcceptanceUnknown()));
        return exitCode(failure);
    }

    static int exitCode(CloudflareApiException failure) {
        boolean answered = failure.getStatus() > 0 && failure.getStatus() < 500 && !failure.isAcceptanceUnknown();
        return answered ? ExitCode.WRONG : ExitCode.UNREACHABLE;
    }

    private static Map<String, Object> error(Object... namesAndValues) {
        return JsonText.object("error", JsonText.object(namesAndValues));
    }

    private static List<Map<String, Object>> errors(List<ApiError> errors) {
        return errors.stream()
                .map(error -> JsonText.object("code", error.getCode(), "message", error.getMessage()))
                .collect(Collectors.toList());
    }
}
