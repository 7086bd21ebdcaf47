package io.flaremail.bounces;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Message-IDs in a database table, which the application creates and cleans up:
 *
 * <pre>
 * CREATE TABLE message_ids (
 *   service_id VARCHAR(255) NOT NULL PRIMARY KEY,
 *   original_id VARCHAR(998) NOT NULL,
 *   added_at TIMESTAMP NOT NULL)
 * </pre>
 *
 * <p>Tests: MessageIdsTest.
 */
public final class MessageIdTable implements MessageIds {
    private final DataSource database;
    private final String table;

    /** @param table the name of the table, perhaps with its schema: letters, digits, underscores and dots */
    public MessageIdTable(DataSource database, String table) {
        this.database = Objects.requireNonNull(database, "database");
        if (!table.matches("[A-Za-z_][A-Za-z0-9_.]*")) {
            throw new IllegalArgumentException(
                    "table: expected letters, digits, underscores and dots, got \"" + table + "\"");
        }
        this.table = table;
    }

    @Override
    public void add(String serviceId, String originalId) throws IOException {
        String insert = "INSERT INTO " + table + " (service_id, original_id, added_at) VALUES (?, ?, ?)";
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, serviceId);
            statement.setString(2, originalId);
            statement.setTimestamp(3, new Timestamp(System.currentTimeMillis()));
            statement.executeUpdate();
        } catch (SQLException e) {
            if (!find(serviceId).isPresent()) {
                throw new IOException("cannot add a Message-ID to " + table + ": " + e.getMessage(), e);
            }
        }
    }

    @Override
    public Optional<String> find(String serviceId) throws IOException {
        String select = "SELECT original_id FROM " + table + " WHERE service_id = ?";
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, serviceId);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IOException("cannot read Message-IDs from " + table + ": " + e.getMessage(), e);
        }
    }
}
