package io.flaremail.dropin.servers;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A web application that was there, and of which nothing must stay. Does not itself hold it. */
final class Undeployed {
    private static final int TRIES = 100;

    private final ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
    private final WeakReference<ClassLoader> loader;

    Undeployed(ClassLoader loader) {
        this.loader = new WeakReference<>(loader, queue);
    }

    /** Whether the class loader is collected before long, and no thread is left that was the application's or ours. */
    boolean isGone() throws InterruptedException {
        for (int i = 0; i < TRIES && !loader.refersTo(null); i++) {
            System.gc();
            queue.remove(50); // milliseconds at most
        }
        for (Thread thread : threads()) {
            thread.join(20_000); // it may be ending
        }
        return loader.refersTo(null) && threads().isEmpty();
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().startsWith("flaremail") || isOurs(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Only the drop-in jars have this package; the sandbox runs beside. */
    private static boolean isOurs(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().startsWith("io.flaremail.inside."));
    }
}
