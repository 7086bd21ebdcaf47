package io.flaremail.sandbox;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The accounts in an H2 database in a folder. All requests write with one connection; whichever commits first commits what the others
 * have written so far. What is committed is in the file: it outlives a killed process. Safe for use by many threads.
 */
final class Database {
    private static final String TABLES = """
            CREATE TABLE IF NOT EXISTS ENTITY(ACCOUNT VARCHAR NOT NULL, KIND VARCHAR NOT NULL, ID VARCHAR NOT NULL,
              POSITION BIGINT GENERATED ALWAYS AS IDENTITY, JSON VARCHAR NOT NULL, PRIMARY KEY(ACCOUNT, KIND, ID));
            CREATE TABLE IF NOT EXISTS MESSAGE(SEQUENCE BIGINT PRIMARY KEY, ACCOUNT VARCHAR NOT NULL, FACTS VARCHAR NOT NULL,
              WORDS CLOB NOT NULL, BODY BLOB NOT NULL, MIME BLOB, EXCHANGE VARCHAR);
            """;

    private final Path folder;
    private final FolderLock lock;
    private final Connection connection;
    private final Object flushing = new Object();
    private long writes;
    private long flushed;

    /** Of the first failure: H2 closes a database that it cannot write, and later failures only say so. */
    private String failure;

    private Database(Path folder, FolderLock lock, Connection connection) {
        this.folder = folder;
        this.lock = lock;
        this.connection = connection;
    }

    /**
     * @param folder made if it is not there
     * @throws IllegalStateException if it cannot be used
     */
    static Database open(Path folder) {
        FolderLock lock = FolderLock.of(folder);
        try {
            return new Database(folder, lock, connect(folder));
        } catch (SQLException e) {
            lock.close();
            throw new IllegalStateException("Cannot use the folder " + folder + ": " + e.getMessage(), e);
        }
    }

    private static Connection connect(Path folder) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        // The file outlives a killed process, not a power failure: free space can be reused at once.
        source.setURL("jdbc:h2:file:" + folder.toAbsolutePath().resolve("sandbox")
                + ";DB_CLOSE_ON_EXIT=FALSE;RETENTION_TIME=0");
        Connection connection = source.getConnection();
        // A host that has an H2 of its own must not be given this one.
        org.h2.Driver.unload();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
        return connection;
    }

    Storage of(String account) {
        return new OfAccount(account);
    }

    synchronized long lastSequence() {
        List<Long> last = query("SELECT COALESCE(MAX(SEQUENCE), 0) FROM MESSAGE", row -> row.getLong(1));
        return last.get(0);
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private synchronized <T> List<T> query(String sql, Reader<T> reader, Object... parameters) {
        try (PreparedStatement statement = statement(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    private synchronized void update(String sql, Object... parameters) {
        try (PreparedStatement statement = statement(sql, parameters)) {
            statement.executeUpdate();
            writes++;
        } catch (SQLException e) {
            throw failed("write to", e);
        }
    }

    private PreparedStatement statement(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private void commit() {
        long own;
        synchronized (this) {
            own = writes;
        }
        synchronized (flushing) {
            if (flushed < own) {
                flushed = flush();
            }
        }
    }

    /** A commit alone may stay in memory for half a second. */
    private synchronized long flush() {
        try (Statement statement = connection.createStatement()) {
            connection.commit();
            statement.execute("CHECKPOINT");
            return writes;
        } catch (SQLException e) {
            throw failed("write to", e);
        }
    }

    private synchronized DatabaseException failed(String what, SQLException e) {
        if (failure == null) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            failure = "Cannot " + what + " the database in " + folder + ": " + cause.getMessage()
                    + ". Repair this, then restart the sandbox.";
        }
        return new DatabaseException(failure, e);
    }

    synchronized void close() {
        try (Statement statement = connection.createStatement()) {
            connection.commit();
            statement.execute("SHUTDOWN COMPACT");
        } catch (SQLException e) {
            throw failed("close", e);
        } finally {
            lock.close();
        }
    }

    private final class OfAccount implements Storage {
        private final String account;

        OfAccount(String account) {
            this.account = account;
        }

        @Override
        public void put(String kind, String id, Object value) {
            update(
                    "MERGE INTO ENTITY(ACCOUNT, KIND, ID, JSON) VALUES(?, ?, ?, ?)",
                    account,
                    kind,
                    id,
                    StoredJson.write(value));
        }

        @Override
        public void remove(String kind, String id) {
            update("DELETE FROM ENTITY WHERE ACCOUNT = ? AND KIND = ? AND ID = ?", account, kind, id);
        }

        @Override
        public void clear(String kind) {
            update("DELETE FROM ENTITY WHERE ACCOUNT = ? AND KIND = ?", account, kind);
        }

        @Override
        public <T> List<T> all(String kind, Class<T> type) {
            return query(
                    "SELECT JSON FROM ENTITY WHERE ACCOUNT = ? AND KIND = ? ORDER BY POSITION",
                    row -> StoredJson.read(row.getString(1), type),
                    account,
                    kind);
        }

        @Override
        public StoredRequest add(AcceptedFacts facts, String words, StoredRequest.InMemory request) {
            update(
                    "INSERT INTO MESSAGE(SEQUENCE, ACCOUNT, FACTS, WORDS, BODY, MIME) VALUES(?, ?, ?, ?, ?, ?)",
                    facts.sequence(),
                    account,
                    StoredJson.write(facts),
                    words,
                    request.body(),
                    request.separate());
            return new InDatabase(facts.sequence());
        }

        @Override
        public void remove(ReceivedMessage message) {
            update("DELETE FROM MESSAGE WHERE SEQUENCE = ?", message.facts().sequence());
        }

        @Override
        public List<ReceivedMessage> messages() {
            return query(
                    "SELECT SEQUENCE, FACTS, WORDS FROM MESSAGE WHERE ACCOUNT = ? ORDER BY SEQUENCE",
                    row -> new ReceivedMessage(
                            StoredJson.read(row.getString(2), AcceptedFacts.class),
                            new InDatabase(row.getLong(1)),
                            row.getString(3)),
                    account);
        }

        @Override
        public void commit() {
            Database.this.commit();
        }
    }

    /** Reads bytes only when they are asked for. */
    private final class InDatabase implements StoredRequest {
        private final long sequence;

        InDatabase(long sequence) {
            this.sequence = sequence;
        }

        /** @throws Refusal if the message was deleted meanwhile */
        private <T> T column(String name, Reader<T> reader) {
            List<T> found = query("SELECT " + name + " FROM MESSAGE WHERE SEQUENCE = ?", reader, sequence);
            if (found.isEmpty()) {
                throw new Refusal(ApiError.NOT_FOUND, "the message was deleted");
            }
            return found.get(0);
        }

        @Override
        public byte[] body() {
            return column("BODY", row -> row.getBytes(1));
        }

        @Override
        public byte[] mime() {
            byte[] separate = column("MIME", row -> row.getBytes(1));
            return separate == null ? StoredRequest.mimeIn(body()) : separate;
        }

        @Override
        public Exchange exchange() {
            String json = column("EXCHANGE", row -> row.getString(1));
            return json == null
                    ? null
                    : StoredJson.read(json, StoredExchange.class).with(body());
        }

        @Override
        public void answered(Exchange exchange) {
            update(
                    "UPDATE MESSAGE SET EXCHANGE = ? WHERE SEQUENCE = ?",
                    StoredJson.write(StoredExchange.of(exchange)),
                    sequence);
            commit();
        }
    }

    /** An exchange without its body, which is in a column of its own, and without the token. */
    record StoredExchange(
            String method,
            String path,
            Map<String, List<String>> headers,
            int status,
            String answer,
            String ray,
            Instant at) {
        static StoredExchange of(Exchange exchange) {
            return new StoredExchange(
                    exchange.method(),
                    exchange.path(),
                    exchange.headersWithoutToken(),
                    exchange.status(),
                    exchange.answer(),
                    exchange.ray(),
                    exchange.at());
        }

        Exchange with(byte[] body) {
            return new Exchange(method, path, headers, body, true, status, answer, ray, at);
        }
    }
}
