// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.store.jpa.sql.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Limits and queues that users set while a host ran. Only the committer writes them; any thread may read them. */
public final class DefinitionTable {

    private static final Logger LOG = LoggerFactory.getLogger(DefinitionTable.class);

    private static final String ALL = "SELECT kind, name, version, settings FROM limit_definition";
    private static final String VERSION = "SELECT version FROM limit_definition WHERE kind = ? AND name = ?";
    private static final String INSERT =
            "INSERT INTO limit_definition (settings, version, kind, name) VALUES (?,?,?,?)";
    private static final String UNLESS_THERE = " ON CONFLICT (kind, name) DO NOTHING";
    private static final String THIS_ONE = " WHERE kind = ? AND name = ? AND version = ?";
    private static final String UPDATE = "UPDATE limit_definition SET settings = ?, version = ?" + THIS_ONE;
    private static final String DELETE = "DELETE FROM limit_definition" + THIS_ONE;

    private DefinitionTable() {}

    /** Returns false if the definition has changed meanwhile, or if another host of a shared database creates it at the same time. */
    public static boolean change(Session session, LimitDefinition next, boolean isShared) throws SQLException {
        if (next.version() > 1) {
            return next.isGone() ? delete(session, next) : update(session, next);
        }
        boolean isNew = session.list(VERSION, row -> row.getInt(1), next.kind().text(), next.name())
                .isEmpty();
        return isNew && !next.isGone() && insert(session, next, isShared);
    }

    private static boolean insert(Session session, LimitDefinition next, boolean isShared) throws SQLException {
        PreparedStatement insert = session.query(isShared ? INSERT + UNLESS_THERE : INSERT);
        set(insert, next);
        return insert.executeUpdate() == 1;
    }

    private static boolean update(Session session, LimitDefinition next) throws SQLException {
        PreparedStatement update = session.query(UPDATE);
        set(update, next);
        update.setInt(5, next.version() - 1);
        return update.executeUpdate() == 1;
    }

    private static void set(PreparedStatement statement, LimitDefinition next) throws SQLException {
        statement.setString(1, next.text());
        statement.setInt(2, next.version());
        statement.setString(3, next.kind().text());
        statement.setString(4, next.name());
    }

    private static boolean delete(Session session, LimitDefinition next) throws SQLException {
        PreparedStatement delete = session.query(DELETE);
        delete.setString(1, next.kind().text());
        delete.setString(2, next.name());
        delete.setInt(3, next.version() - 1);
        return delete.executeUpdate() == 1;
    }

    public static List<LimitDefinition> all(Session session) throws SQLException {
        return session
                .list(ALL, row -> read(row.getString(1), row.getString(2), row.getInt(3), row.getString(4)))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<LimitDefinition> read(String kind, String name, int version, String settings) {
        Optional<LimitKind> known = LimitKind.find(kind);
        if (known.isEmpty()) {
            LOG.warn("Settings of '{} {}' ignored: this version does not know its kind", kind, name);
        }
        return known.map(of -> LimitDefinition.parse(of, name, version, settings));
    }
}
