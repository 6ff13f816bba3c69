// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import io.jobyard.store.api.StoreDialect;
import java.nio.file.Path;
import org.osgi.service.jdbc.DataSourceFactory;

/** The Derby bundle's parts, without a framework. */
public final class EmbeddedDerby implements AutoCloseable {

    private final DerbyEngine engine;

    public EmbeddedDerby(Path logs) {
        engine = new DerbyEngine(logs);
    }

    public StoreDialect dialect() {
        return engine.dialect();
    }

    public DataSourceFactory sources() {
        return new DerbyDataSources(engine.driver());
    }

    @Override
    public void close() {
        engine.shutdown();
    }
}
