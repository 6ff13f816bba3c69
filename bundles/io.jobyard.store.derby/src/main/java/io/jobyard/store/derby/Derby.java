// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import io.jobyard.settings.api.Instance;
import io.jobyard.store.api.StoreDialect;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jdbc.DataSourceFactory;

/** Offers Derby while this bundle is started. */
@Component(service = {})
public final class Derby {

    private final DerbyEngine engine;
    private final ServiceRegistration<DataSourceFactory> sources;
    private final ServiceRegistration<StoreDialect> dialect;

    @Activate
    public Derby(BundleContext context, @Reference Instance instance) {
        engine = new DerbyEngine(instance.data().resolve("log"));
        sources = context.registerService(
                DataSourceFactory.class,
                new DerbyDataSources(engine.driver()),
                properties(Map.of(
                        DataSourceFactory.OSGI_JDBC_DRIVER_CLASS, "org.apache.derby.jdbc.EmbeddedDriver",
                        DataSourceFactory.OSGI_JDBC_DRIVER_NAME, "derby")));
        dialect = context.registerService(
                StoreDialect.class,
                engine.dialect(),
                properties(Map.of(DataSourceFactory.OSGI_JDBC_DRIVER_NAME, "derby")));
    }

    /** Takes the services back first: whoever uses the database closes it before it is shut down. */
    @Deactivate
    public void stop() {
        dialect.unregister();
        sources.unregister();
        engine.shutdown();
    }

    private static Dictionary<String, Object> properties(Map<String, Object> properties) {
        return new Hashtable<>(properties);
    }
}
