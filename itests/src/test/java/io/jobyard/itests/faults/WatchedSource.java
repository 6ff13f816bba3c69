// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

import io.jobyard.store.api.StoreDialect;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import javax.sql.DataSource;
import org.osgi.service.jdbc.DataSourceFactory;

/** A database whose connections are watched. */
final class WatchedSource {

    private WatchedSource() {}

    static StoreDialect of(StoreDialect database, Trap trap, Weather weather) {
        return watched(StoreDialect.class, (proxy, method, arguments) -> {
            Object made = call(database, method, arguments);
            return made instanceof DataSourceFactory factory ? of(factory, trap, weather) : made;
        });
    }

    private static DataSourceFactory of(DataSourceFactory factory, Trap trap, Weather weather) {
        return watched(DataSourceFactory.class, (proxy, method, arguments) -> {
            Object made = call(factory, method, arguments);
            return made instanceof DataSource source ? of(source, trap, weather) : made;
        });
    }

    private static DataSource of(DataSource source, Trap trap, Weather weather) {
        return watched(DataSource.class, (proxy, method, arguments) -> {
            if (method.getName().equals("getConnection")) {
                weather.ofCall();
            }
            Object made = call(source, method, arguments);
            return made instanceof Connection connection ? of(connection, trap, weather) : made;
        });
    }

    private static Connection of(Connection connection, Trap trap, Weather weather) {
        Sending sending = new Sending(connection, trap, weather);
        return watched(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("commit")) {
                return sending.commit(() -> call(connection, method, arguments));
            }
            if (method.getName().matches("close|abort|isClosed")) {
                return call(connection, method, arguments);
            }
            Object made = sending.call(() -> call(connection, method, arguments));
            if (method.getName().equals("rollback")) {
                sending.forget();
            }
            return made instanceof Statement statement ? of(statement, sending, text(arguments)) : made;
        });
    }

    private static String text(Object[] arguments) {
        return arguments != null && arguments[0] instanceof String sql ? sql : "";
    }

    private static Statement of(Statement statement, Sending sending, String prepared) {
        Rows rows = new Rows(prepared);
        Class<? extends Statement> type = statement instanceof CallableStatement
                ? CallableStatement.class
                : statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return watched(type, (proxy, method, arguments) -> {
            String name = method.getName();
            if (name.startsWith("execute") && prepared.endsWith("; COMMIT")) {
                return sending.sendAndCommit(rows.take(""), () -> call(statement, method, arguments));
            }
            if (name.startsWith("execute")) {
                return sending.send(rows.take(text(arguments)), () -> call(statement, method, arguments));
            }
            if (name.startsWith("set") && arguments.length > 1 && arguments[0] instanceof Integer position) {
                rows.set(position, arguments[1]);
            } else if (name.equals("addBatch")) {
                rows.add();
            }
            return call(statement, method, arguments);
        });
    }

    static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    static <T> T watched(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(WatchedSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
