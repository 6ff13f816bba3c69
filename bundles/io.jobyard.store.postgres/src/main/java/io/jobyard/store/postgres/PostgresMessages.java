// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.postgres;

import io.jobyard.store.api.StatementMessages;
import java.sql.Array;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;

/**
 * The driver sends {@code a; b; c} as one message. Rows travel as arrays, which {@code unnest} takes apart: new rows of any table, and
 * updates by an id.
 */
final class PostgresMessages implements StatementMessages {

    private static final Pattern INSERT = Pattern.compile("(INSERT INTO .*\\)) VALUES \\(([?, ]+)\\)(.*)");
    private static final Pattern UPDATE = Pattern.compile("(UPDATE \\w+ SET .*) WHERE (id = \\?.*)");

    @Override
    public Optional<ArrayStatement> forRows(String sql, List<JDBCType> types) {
        List<Integer> columns =
                new ArrayList<>(IntStream.range(0, types.size()).boxed().toList());
        Matcher insert = INSERT.matcher(sql);
        if (insert.matches()) {
            String rows = insert.group(1) + " SELECT " + named(insert.group(2), 0) + " FROM " + rows(types, "")
                    + insert.group(3);
            return Optional.of(new ArrayStatement(rows, columns, false));
        }
        Matcher update = UPDATE.matcher(sql);
        if (!update.matches()) {
            return Optional.empty();
        }
        int id = marks(update.group(1));
        columns.add(id);
        String rows = named(update.group(1), 0) + " FROM " + rows(types, " WITH ORDINALITY") + " WHERE "
                + named(update.group(2), id) + " AND id = ANY (?::" + name(types.get(id)) + "[]) RETURNING u.n";
        return Optional.of(new ArrayStatement(rows, columns, true));
    }

    /**
     * The rows as a table. The planner may take the table that changes for empty and walk it for each row, or each row for it; that the id is
     * one of the list bounds either way.
     */
    private static String rows(List<JDBCType> types, String more) {
        String arrays = types.stream().map(type -> "?::" + name(type) + "[]").collect(Collectors.joining(", "));
        String columns = IntStream.range(0, types.size()).mapToObj(n -> "p" + n).collect(Collectors.joining(", "));
        return "unnest(" + arrays + ")" + more + " AS u(" + columns + (more.isEmpty() ? ")" : ", n)");
    }

    private static String named(String sql, int first) {
        StringBuilder text = new StringBuilder();
        int next = first;
        for (char each : sql.toCharArray()) {
            text.append(each == '?' ? "u.p" + next++ : String.valueOf(each));
        }
        return text.toString();
    }

    private static int marks(String sql) {
        return (int) sql.chars().filter(each -> each == '?').count();
    }

    private static String name(JDBCType type) {
        return switch (type) {
            case VARBINARY -> "bytea";
            case VARCHAR -> "text";
            case INTEGER -> "int4";
            case BIGINT -> "int8";
            case DOUBLE -> "float8";
            case BOOLEAN -> "bool";
            default -> throw new IllegalArgumentException("no array of " + type);
        };
    }

    @Override
    public String forList(String sql) {
        return sql.replace("IN (?)", "= ANY (?)");
    }

    @Override
    public Array array(Connection connection, JDBCType type, List<?> values) throws SQLException {
        Object[] empty = switch (type) {
            case VARBINARY -> new byte[0][];
            case VARCHAR -> new String[0];
            case INTEGER -> new Integer[0];
            case BIGINT -> new Long[0];
            case DOUBLE -> new Double[0];
            case BOOLEAN -> new Boolean[0];
            default -> throw new IllegalArgumentException("no array of " + type);
        };
        return connection.createArrayOf(name(type), values.toArray(empty));
    }

    /** A connection that is lost tells nothing. */
    @Override
    public boolean isGivenUp(Connection connection) {
        try {
            return connection.unwrap(PgConnection.class).getTransactionState() == TransactionState.FAILED;
        } catch (SQLException e) {
            return false;
        }
    }
}
