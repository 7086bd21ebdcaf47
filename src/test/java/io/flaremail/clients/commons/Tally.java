package io.flaremail.clients.commons;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Skips the tests that {@code not-applicable.txt} names, with its reasons, and counts how all the others end. */
public final class Tally implements ExecutionCondition, TestWatcher {
    /** By {@code Class#method}, the reason. */
    static final Map<String, String> NOT_APPLICABLE = read();

    /** By {@code Class#method}; a parameterized test counts once for each set of parameters, under its first name. */
    static final Map<String, String> FAILED = new TreeMap<>();

    static int passed;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Optional.ofNullable(NOT_APPLICABLE.get(name(context)))
                .map(ConditionEvaluationResult::disabled)
                .orElse(ConditionEvaluationResult.enabled("applicable"));
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        passed++;
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        FAILED.put(name(context), String.valueOf(cause));
    }

    private static String name(ExtensionContext context) {
        return context.getTestMethod()
                .map(method -> context.getRequiredTestClass().getSimpleName() + "#" + method.getName())
                .orElse("");
    }

    private static Map<String, String> read() {
        try (var list = Tally.class.getResourceAsStream("/not-applicable.txt")) {
            Map<String, String> reasons = new LinkedHashMap<>();
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(": ", 2))
                    .forEach(entry -> reasons.put(entry[0], entry[1]));
            return reasons;
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
