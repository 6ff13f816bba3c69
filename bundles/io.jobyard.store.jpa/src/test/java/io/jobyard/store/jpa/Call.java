// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One call on its way to the database. */
public final class Call {

    private final Object target;
    private final Method method;
    private final Object[] arguments;
    private final String prepared;
    private final @Nullable Line line;

    Call(Object target, Method method, Object[] arguments, String prepared, @Nullable Line line) {
        this.target = target;
        this.method = method;
        this.arguments = arguments;
        this.prepared = prepared;
        this.line = line;
    }

    /** The method's name. */
    public String name() {
        return method.getName();
    }

    /** What is prepared or executed; empty if nothing is. */
    public String sql() {
        return arguments != null && arguments.length > 0 && arguments[0] instanceof String sql ? sql : prepared;
    }

    /** Whether it commits, alone or in one message with what it commits. */
    public boolean isCommit() {
        return name().equals("commit") || name().equals("execute") && sql().endsWith("; COMMIT");
    }

    public Object make() throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Ends the transaction as a database does that gives it up. */
    void rollBack() throws SQLException {
        if (line != null) {
            line.rollBack();
        }
    }

    /** Ends the connection, and with it what was not committed. */
    void breakLine() throws SQLException {
        if (line != null) {
            line.breakDown();
        }
    }

    /** Ends a connection that this call has made, and that nobody will get. */
    static void lose(Object made) throws SQLException {
        if (made instanceof Connection connection) {
            connection.close();
        }
    }

    @Override
    public String toString() {
        return name() + " " + sql();
    }
}
