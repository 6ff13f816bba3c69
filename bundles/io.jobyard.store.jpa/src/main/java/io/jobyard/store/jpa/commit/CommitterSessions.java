// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.store.api.MessageDialect;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.incarnation.IncarnationFence;
import io.jobyard.store.jpa.sql.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connection of the committer, which stays open while the committer works. Only for the committer's thread. */
final class CommitterSessions {

    private static final Logger LOG = LoggerFactory.getLogger(CommitterSessions.class);

    private final DataSource source;
    private final StoreDialect dialect;
    private final IncarnationFence fence;
    private final boolean keepsSessions;
    private @Nullable Session session;

    CommitterSessions(DataSource source, StoreDialect dialect, IncarnationFence fence, boolean keepsSessions) {
        this.source = source;
        this.dialect = dialect;
        this.fence = fence;
        this.keepsSessions = keepsSessions;
    }

    Session get() throws SQLException {
        Session current = session;
        if (current == null) {
            Connection connection = source.getConnection();
            current = messages()
                    .map(messages -> new Session(connection, messages))
                    .orElseGet(() -> new Session(connection));
            session = current; // assigned first, so that it is closed in any case
            fence.begin(current);
            if (keepsSessions) {
                dialect.prepareForChanges(connection);
            }
            connection.setAutoCommit(false);
        }
        return current;
    }

    boolean isOpen() {
        return session != null;
    }

    /** Returns whether a transaction and its commit may share one message. */
    boolean joinsStatements() {
        return messages().isPresent();
    }

    private Optional<MessageDialect> messages() {
        return keepsSessions ? dialect.messages() : Optional.empty();
    }

    /**
     * Rolls back on the connection, which is kept: if it had to be replaced, a rejected change would delay the next ones, or fail them if a
     * new connection takes too long. If the rollback fails, closes the connection. Returns whether there was an open connection.
     */
    boolean rollBack() {
        Session current = session;
        try {
            if (current != null) {
                current.rollback();
            }
            return current != null;
        } catch (SQLException e) {
            LOG.debug("A connection was already gone", e);
            return discard();
        }
    }

    /** Closes the connection after a failure. Returns whether there was an open connection. */
    boolean discard() {
        Session broken = session;
        session = null;
        if (broken != null) {
            broken.discard(source);
        }
        return broken != null;
    }

    /** Replaces the other connections of the pool, which may be dead too and would be tried one by one. */
    void renew() {
        Session.renew(source);
    }

    void close() throws SQLException {
        Session current = session;
        session = null;
        if (current != null) {
            current.close();
        }
    }
}
