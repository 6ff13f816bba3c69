// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.spi.identity.StoredSession;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.spi.identity.StoredUser;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.sql.SQLException;
import java.time.Instant;

/** Users, tokens and sessions. Only the committer writes them. */
public final class IdentityTables {

    private static final String ADD_USER = UserRow.COLUMNS.insert("user_account");
    private static final String HAS_USER = "SELECT version FROM user_account WHERE name = ?";
    private static final String CHANGE_USER = "UPDATE user_account SET "
            + UserRow.COLUMNS.names().replace(",", " = ?,") + " = ? WHERE name = ? AND version = ?";
    private static final String END_SESSIONS = "DELETE FROM user_session WHERE kind = 'USER' AND user_name = ?";
    private static final String ADD_TOKEN = TokenRow.COLUMNS.insert("access_token");
    private static final String HAS_TOKEN = "SELECT created_at FROM access_token WHERE owner = ? AND name = ?";
    private static final String REVOKE =
            "UPDATE access_token SET revoked_at = ? WHERE owner = ? AND name = ? AND revoked_at IS NULL";
    private static final String ADD_SESSION = UserSessionRow.COLUMNS.insert("user_session");
    private static final String FORGET = "DELETE FROM user_session WHERE used_at <= ? OR started_at <= ?";
    private static final String END_SESSION = "DELETE FROM user_session WHERE hash = ?";
    private static final String TOKEN_USED = "UPDATE access_token SET used_at = ? WHERE hash = ?";
    private static final String SESSION_USED = "UPDATE user_session SET used_at = ? WHERE hash = ?";

    private IdentityTables() {}

    public static boolean add(Session session, StoredUser user) throws SQLException {
        if (!session.list(HAS_USER, row -> row.getInt(1), user.name()).isEmpty()) {
            return false;
        }
        StatementBatch row = session.batch(ADD_USER);
        UserRow.COLUMNS.write(row, UserRow.of(user));
        return hasChanged(row);
    }

    public static boolean change(Session session, StoredUser user) throws SQLException {
        StatementBatch row = session.batch(CHANGE_USER);
        UserRow.COLUMNS.write(row, UserRow.of(user));
        boolean isChanged = hasChanged(row.text(user.name()).number(user.version() - 1));
        if (isChanged) {
            hasChanged(session.batch(END_SESSIONS).text(user.name()));
        }
        return isChanged;
    }

    public static boolean add(Session session, StoredToken token) throws SQLException {
        if (!session.list(HAS_TOKEN, row -> row.getLong(1), token.owner(), token.name())
                .isEmpty()) {
            return false;
        }
        StatementBatch row = session.batch(ADD_TOKEN);
        TokenRow.COLUMNS.write(row, TokenRow.of(token));
        return hasChanged(row);
    }

    public static boolean revoke(Session session, String owner, String name, Instant now) throws SQLException {
        return hasChanged(session.batch(REVOKE).instant(now).text(owner).text(name));
    }

    public static boolean add(Session session, StoredSession opened) throws SQLException {
        Instant now = opened.startedAt();
        hasChanged(
                session.batch(FORGET).instant(now.minus(StoredSession.IDLE)).instant(now.minus(StoredSession.LONGEST)));
        StatementBatch row = session.batch(ADD_SESSION);
        UserSessionRow.COLUMNS.write(row, UserSessionRow.of(opened));
        return hasChanged(row);
    }

    public static boolean end(Session session, String hash) throws SQLException {
        return hasChanged(session.batch(END_SESSION).text(hash));
    }

    public static boolean used(Session session, String hash, Instant now) throws SQLException {
        return hasChanged(session.batch(TOKEN_USED).instant(now).text(hash))
                || hasChanged(session.batch(SESSION_USED).instant(now).text(hash));
    }

    private static boolean hasChanged(StatementBatch row) throws SQLException {
        row.add();
        return row.run()[0] > 0;
    }
}
