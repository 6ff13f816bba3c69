// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.StoreException;
import io.jobyard.testkit.store.Draft;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full at the commit: Derby says so once, and then only that its connections are gone. */
class FullDiskTest {

    @TempDir
    private Path folder;

    private volatile boolean full;
    private volatile boolean fullAtInsert;
    private final Queue<Connection> given = new ConcurrentLinkedQueue<>();
    private final CountDownLatch commits = new CountDownLatch(1);

    @Test
    void whoSubmitsHearsOfTheDiskAndNotOfTheConnectionsThatItTookAlong() throws Exception {
        try (DerbyStore store = new DerbyStore(folder, this::filling)) {
            store.repository().admit(List.of(Draft.job().admitted())).get(60, TimeUnit.SECONDS);
            full = true;
            CompletableFuture<?> first =
                    store.repository().admit(List.of(Draft.job().admitted()));
            assertThat(commits.await(60, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<?> second =
                    store.repository().admit(List.of(Draft.job().admitted()));
            refused(second);
            assertThat(first).as("in doubt until the database answers").isNotDone();

            full = false;

            refused(first);
            store.repository().admit(List.of(Draft.job().admitted())).get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void theFirstToSubmitHearsOfItAlsoIfTheKeptConnectionDiedBefore() throws Exception {
        try (DerbyStore store = new DerbyStore(folder, this::filling)) {
            store.repository().admit(List.of(Draft.job().admitted())).get(60, TimeUnit.SECONDS);
            for (Connection connection : given) {
                if (!connection.isClosed()) {
                    connection.unwrap(Connection.class).close(); // behind the pool's back
                }
            }
            fullAtInsert = true;
            refused(store.repository().admit(List.of(Draft.job().admitted())));
            refused(store.repository().admit(List.of(Draft.job().admitted())));

            fullAtInsert = false;
            store.repository().admit(List.of(Draft.job().admitted())).get(60, TimeUnit.SECONDS);
        }
    }

    private static void refused(CompletableFuture<?> submit) {
        assertThat(submit)
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(StoreException.class)
                .withMessageStartingWith("the disk of the database is full: make room");
    }

    private DataSource filling(DataSource pool) {
        return (DataSource) proxy(DataSource.class, (proxy, method, arguments) -> {
            if (full) {
                throw new SQLException("no current connection", "08003");
            }
            Object answer = invoke(pool, method, arguments);
            if (answer instanceof Connection connection) {
                given.add(connection);
                return filling(connection);
            }
            return answer;
        });
    }

    private Connection filling(Connection connection) {
        return (Connection) proxy(Connection.class, (proxy, method, arguments) -> {
            if (fullAtInsert
                    && method.getName().equals("prepareStatement")
                    && arguments[0].toString().startsWith("INSERT")) {
                throw new SQLException("no room for the page", "XSDG1");
            }
            if (full && method.getName().equals("commit")) {
                commits.countDown();
                SQLException lost = new SQLException("the connection is gone", "08006");
                lost.setNextException(new SQLException("the log is full", "XSLA4"));
                throw lost;
            }
            return invoke(connection, method, arguments);
        });
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static Object invoke(Object on, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
