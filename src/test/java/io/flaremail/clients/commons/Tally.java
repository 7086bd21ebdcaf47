package io.flaremail.clients.commons;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Skips the tests that {@code not-applicable.txt} names, with its reasons, and counts how all of them end. */
public final class Tally implements ExecutionCondition, TestWatcher {
    private static final Pattern ENTRY =
            Pattern.compile("(?<name>\\S+#\\w+)( since Java (?<java>\\d+))?: (?<reason>.+)");

    /** By {@code Class#method}, the reason. */
    static final Map<String, String> NOT_APPLICABLE = read();

    static final AtomicInteger PASSED = new AtomicInteger();
    static final Set<String> FAILED = new TreeSet<>();

    /** Those of {@link #NOT_APPLICABLE} that there are. */
    static final Set<String> SKIPPED = new TreeSet<>();

    /** Those that Commons Email itself has disabled. */
    static final Set<String> DISABLED_BY_THEM = new TreeSet<>();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Optional.ofNullable(NOT_APPLICABLE.get(name(context)))
                .map(ConditionEvaluationResult::disabled)
                .orElse(ConditionEvaluationResult.enabled("applicable"));
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        PASSED.incrementAndGet();
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        FAILED.add(name(context));
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        FAILED.add(name(context));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        String name = name(context);
        (NOT_APPLICABLE.containsKey(name) ? SKIPPED : DISABLED_BY_THEM).add(name);
    }

    private static String name(ExtensionContext context) {
        return context.getTestMethod()
                .map(method -> context.getRequiredTestClass().getSimpleName() + "#" + method.getName())
                .orElse("");
    }

    private static boolean concernsThisJava(String since) {
        return since == null || Runtime.version().feature() >= Integer.parseInt(since);
    }

    private static Map<String, String> read() {
        try (InputStream list = Tally.class.getResourceAsStream("/not-applicable.txt")) {
            Map<String, String> reasons = new TreeMap<>();
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(ENTRY::matcher)
                    .filter(entry -> entry.matches() && concernsThisJava(entry.group("java")))
                    .forEach(entry -> reasons.put(entry.group("name"), entry.group("reason")));
            return reasons;
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
