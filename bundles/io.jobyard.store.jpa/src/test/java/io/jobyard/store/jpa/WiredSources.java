// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.osgi.service.jdbc.DataSourceFactory;

/** Data sources whose connections go over a wire: below the pool, so that the pool's own calls do too. */
final class WiredSources implements DataSourceFactory {

    private final DataSourceFactory real;
    private final Wire wire;
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    WiredSources(DataSourceFactory real, Wire wire) {
        this.real = real;
        this.wire = wire;
    }

    /** Ends all connections there are. */
    void breakAll() throws SQLException {
        for (Line line : lines) {
            line.breakDown();
        }
        lines.clear();
    }

    @Override
    public DataSource createDataSource(Properties properties) throws SQLException {
        DataSource source = real.createDataSource(properties);
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Call call = new Call(source, method, arguments, "", null);
                    Object answer = method.getName().equals("getConnection") ? wire.carry(call) : call.make();
                    if (answer instanceof Connection connection) {
                        Line line = new Line(connection, wire);
                        lines.add(line);
                        return line.connection();
                    }
                    return answer;
                });
    }

    @Override
    public Driver createDriver(Properties properties) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public ConnectionPoolDataSource createConnectionPoolDataSource(Properties properties) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public XADataSource createXADataSource(Properties properties) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }
}
