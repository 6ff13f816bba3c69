// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** A connection whose calls go over a wire, and those of its statements. */
final class Line implements InvocationHandler {

    private static final Set<String> ON_CONNECTION = Set.of(
            "prepareStatement",
            "prepareCall",
            "createStatement",
            "commit",
            "rollback",
            "setAutoCommit",
            "getMetaData",
            "isValid",
            "abort",
            "close");
    private static final Set<String> ON_STATEMENT = Set.of("execute", "executeQuery", "executeUpdate", "executeBatch");

    private final Connection real;
    private final Wire wire;
    private volatile boolean broken;

    Line(Connection real, Wire wire) {
        this.real = real;
        this.wire = wire;
    }

    Connection connection() {
        return (Connection) proxy(Connection.class, this);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        Call call = new Call(real, method, arguments, "", this);
        if (broken) {
            return answerBroken(method);
        }
        Object answer = ON_CONNECTION.contains(method.getName()) ? wire.carry(call) : call.make();
        return answer instanceof Statement statement ? statement(statement, call.sql()) : answer;
    }

    private static Object answerBroken(Method method) throws SQLException {
        return switch (method.getName()) {
            case "close", "abort", "setNetworkTimeout", "clearWarnings" -> null;
            case "isClosed" -> true;
            case "isValid" -> false;
            case "getNetworkTimeout" -> 0;
            default -> throw new SQLException("no current connection", "08003");
        };
    }

    private Object statement(Statement statement, String sql) {
        Class<?> type = statement instanceof CallableStatement
                ? CallableStatement.class
                : statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return proxy(type, (proxy, method, arguments) -> {
            Call call = new Call(statement, method, arguments, sql, this);
            if (!ON_STATEMENT.contains(method.getName())) {
                return broken ? answerQuietly(method, call) : call.make();
            }
            if (broken) {
                throw new SQLException("no current connection", "08003");
            }
            return wire.carry(call);
        });
    }

    /** Parameters are set on this side of the wire. */
    private static Object answerQuietly(Method method, Call call) throws Throwable {
        return method.getReturnType() == void.class ? null : call.make();
    }

    void rollBack() throws SQLException {
        real.rollback();
    }

    void breakDown() throws SQLException {
        broken = true;
        if (!real.isClosed()) {
            real.rollback();
            real.close();
        }
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(Line.class.getClassLoader(), new Class<?>[] {type}, handler);
    }
}
