package io.flaremail;

import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Reads what the transport logs, at every level, until it is closed. */
final class LogLines extends Handler implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger("io.flaremail");

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream debugOut = new ByteArrayOutputStream();

    LogLines() {
        LOGGER.setLevel(Level.ALL);
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(this);
    }

    /** Also reads this session's debug output. */
    LogLines of(Session session) {
        session.setDebug(true);
        session.setDebugOut(new PrintStream(debugOut, true, StandardCharsets.UTF_8));
        return this;
    }

    List<String> messages() {
        return records.stream().map(LogRecord::getMessage).toList();
    }

    List<String> messages(Level level) {
        return records.stream()
                .filter(each -> each.getLevel().equals(level))
                .map(LogRecord::getMessage)
                .toList();
    }

    List<String> debugLines() {
        return debugOut.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGER.removeHandler(this);
        LOGGER.setUseParentHandlers(true);
        LOGGER.setLevel(null);
    }
}
