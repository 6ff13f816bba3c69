// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The statements of one connection, sent in the order in which they were prepared. */
final class Batches implements AutoCloseable {

    private final Connection connection;
    private final List<BatchStatement> inOrder = new ArrayList<>();

    Batches(Connection connection) {
        this.connection = connection;
    }

    BatchStatement prepare(String sql) throws SQLException {
        BatchStatement statement = new BatchStatement(connection.prepareStatement(sql));
        inOrder.add(statement);
        return statement;
    }

    void send() throws SQLException {
        for (BatchStatement statement : inOrder) {
            statement.send();
        }
    }

    @Override
    public void close() throws SQLException {
        for (BatchStatement statement : inOrder) {
            statement.close();
        }
    }
}
