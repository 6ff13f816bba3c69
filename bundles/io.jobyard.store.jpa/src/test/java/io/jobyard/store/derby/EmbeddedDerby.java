// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import io.jobyard.store.api.StoreDialect;
import java.nio.file.Path;
import org.osgi.service.jdbc.DataSourceFactory;

/** The Derby bundle's parts, without a framework. */
public final class EmbeddedDerby implements AutoCloseable {

    private final DerbyDialect dialect;

    public EmbeddedDerby(Path logs) {
        dialect = new DerbyDialect(new DerbyEngine(logs));
    }

    public StoreDialect dialect() {
        return dialect;
    }

    public DataSourceFactory sources() {
        return dialect.sources();
    }

    @Override
    public void close() {
        dialect.stop();
    }
}
