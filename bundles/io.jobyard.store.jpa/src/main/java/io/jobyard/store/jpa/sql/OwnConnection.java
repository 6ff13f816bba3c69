// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connection that one thread keeps. It is opened at the first use, and again after it was lost. Any thread may close it. */
public final class OwnConnection {

    /** Prepares a new connection. */
    public interface Preparation {

        void prepare(Connection fresh) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(OwnConnection.class);

    private final DataSource source;
    private final Preparation preparation;
    private volatile @Nullable Connection connection;

    public OwnConnection(DataSource source, Preparation preparation) {
        this.source = source;
        this.preparation = preparation;
    }

    public Connection get() throws SQLException {
        Connection current = connection;
        if (current == null) {
            current = source.getConnection();
            connection = current;
            preparation.prepare(current);
        }
        return current;
    }

    /** Closes the connection. The next use opens a new connection. */
    public void discard() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("A connection was already gone", e);
            }
        }
    }
}
